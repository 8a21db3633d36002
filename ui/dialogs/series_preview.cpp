#include "ui/dialogs/series_preview.h"

#include "core/base/error.h"
#include "ui/base/counted_text.h"
#include "ui/base/tip_text.h"
#include "ui/dialogs/choice_line.h"

#include <QHeaderView>
#include <QLabel>
#include <QPointer>
#include <QTreeWidget>
#include <QVBoxLayout>

#include <utility>

namespace circuitloom::ui {

namespace {

constexpr int settle = 300; ///< milliseconds without a change

enum Column
{
    checkpoint,
    step,
    tokens,
    use,
    columns
};

} // namespace

SeriesPreview::SeriesPreview(QWidget* parent)
    : QWidget(parent)
    , summary_(dim_label(this))
    , list_(new QTreeWidget(this))
{
    summary_->setObjectName(QStringLiteral("seriesSummary"));
    list_->setObjectName(QStringLiteral("seriesList"));
    list_->setAccessibleName(tr("Checkpoints or circuits of the series"));
    list_->setRootIsDecorated(false);
    list_->setUniformRowHeights(true);
    list_->setColumnCount(columns);
    list_->setHeaderLabels({ tr("Name"), tr("Step"), tr("Tokens"), tr("Used") });
    list_->header()->setSectionResizeMode(QHeaderView::ResizeToContents);
    list_->header()->setStretchLastSection(true);
    auto* heading = new QLabel(tr("WHAT WAS FOUND"), this);
    heading->setProperty("heading", true);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(6);
    column->addWidget(heading);
    column->addWidget(summary_);
    column->addWidget(list_, 1);
    soon_.setSingleShot(true);
    soon_.setInterval(settle);
    connect(&soon_, &QTimer::timeout, this, &SeriesPreview::look);
}

SeriesPreview::~SeriesPreview()
{
    forget();
}

void SeriesPreview::forget()
{
    if (called_off_)
        *called_off_ = true;
    called_off_.reset();
    found_.reset();
    circuits_.reset();
    problem_.clear();
}

void SeriesPreview::show_series(const QString& series)
{
    if (series == series_)
        return;
    series_ = series;
    forget();
    list_->clear();
    summary_->setText(series_.isEmpty() ? QString() : tr("looking…"));
    if (series_.isEmpty())
        soon_.stop();
    else
        soon_.start();
    Q_EMIT looked();
}

void SeriesPreview::look()
{
    called_off_ = std::make_shared<std::atomic<bool>>(false);
    const auto tell = [this, called_off = called_off_, guard = QPointer<SeriesPreview>(this)](
                          const std::string& name, int done, int total) {
        if (*called_off)
            throw Cancelled("The look was called off.");
        QMetaObject::invokeMethod(
            QCoreApplication::instance(),
            [this, guard, called_off, text = QString::fromStdString(name), done, total] {
                if (guard && !*called_off)
                    summary_->setText(
                        tr("reading %1, %2 of %3…").arg(text).arg(done + 1).arg(total));
            },
            Qt::QueuedConnection);
    };
    looking_.run(
        this,
        [series = series_.toStdString(), tell] {
            return holds_circuits(series) ? Look(look_at_circuits(series, tell))
                                          : Look(CheckpointSeries(series).look({}, {}, tell));
        },
        [this, called_off = called_off_](const Look& looked_at) {
            if (!*called_off)
                take(looked_at);
        },
        [this, called_off = called_off_](const QString& why) {
            if (*called_off)
                return;
            problem_ = why;
            summary_->clear();
            Q_EMIT looked();
        });
}

void SeriesPreview::list(const FoundSeries& found)
{
    for (const SeriesCheckpoint& one : found.used) {
        auto* row = new QTreeWidgetItem(list_,
            { QString::fromStdString(one.name), count_text(one.step),
                one.tokens ? count_text(*one.tokens) : QString(), tr("yes") });
        row->setTextAlignment(step, Qt::AlignRight | Qt::AlignVCenter);
        row->setTextAlignment(tokens, Qt::AlignRight | Qt::AlignVCenter);
        row->setToolTip(checkpoint, tip_text(QString::fromStdString(one.directory.string())));
    }
    for (const UnusedCheckpoint& one : found.unused) {
        const QString why = QString::fromStdString(one.why);
        auto* row = new QTreeWidgetItem(
            list_, { QString::fromStdString(one.name), QString(), QString(), tr("no: %1").arg(why) });
        row->setToolTip(use, tip_text(why));
        for (int column = 0; column < columns; ++column)
            row->setForeground(column, palette().color(QPalette::Disabled, QPalette::Text));
    }
}

void SeriesPreview::take(const Look& looked_at)
{
    if (const auto* circuits = std::get_if<FoundCircuits>(&looked_at)) {
        circuits_ = *circuits;
        found_ = circuits->circuits;
    } else {
        found_ = std::get<FoundSeries>(looked_at);
    }
    called_off_.reset();
    list(*found_);
    const int used = static_cast<int>(found_->used.size());
    const auto unused = found_->unused.size();
    QString summary = circuits_ ? circuits_text(used) : tr("%n checkpoint(s)", nullptr, used);
    summary = unused == 0 ? tr("%1, observed in this order").arg(summary)
                          : tr("%1, observed in this order; %2 will not be used")
                                .arg(summary)
                                .arg(unused);
    if (circuits_)
        for (const std::string& note : circuits_->notes)
            summary += QLatin1Char('\n') + QString::fromStdString(note);
    summary_->setText(summary);
    if (found_->used.empty())
        problem_ = tr("None of the checkpoints of this series can be used.");
    Q_EMIT looked();
}

} // namespace circuitloom::ui

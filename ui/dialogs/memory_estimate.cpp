#include "ui/dialogs/memory_estimate.h"

#include "ui/base/counted_text.h"
#include "ui/base/size_text.h"
#include "ui/base/steady_text.h"
#include "ui/dialogs/choice_line.h"
#include "ui/dialogs/form_sentence.h"
#include "ui/dialogs/memory_bar.h"

#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace circuitloom::ui {

namespace {

/// Settings as `--set` takes them, as a dialog says them.
QString setting_texts(const std::vector<std::string>& settings)
{
    QStringList words;
    for (const std::string& setting : settings) {
        const auto equals = setting.find('=');
        words.append(QStringLiteral("%1 = %2").arg(setting_title(setting.substr(0, equals)),
            QString::fromStdString(setting.substr(equals + 1))));
    }
    return words.join(QStringLiteral(", "));
}

} // namespace

MemoryEstimate::MemoryEstimate(QWidget* parent)
    : QWidget(parent)
    , text_(dim_label(this))
    , bar_(new MemoryBar(this))
    , fits_(dim_label(this))
    , fit_(new QPushButton(tr("Use settings that fit"), this))
{
    text_->setObjectName(QStringLiteral("memoryEstimate"));
    fits_->setObjectName(QStringLiteral("fitsEstimate"));
    fit_->setObjectName(QStringLiteral("fitRun"));
    fit_->setAutoDefault(false);
    connect(fit_, &QPushButton::clicked, this, [this] { Q_EMIT fit_requested(fitting_); });
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    column->addWidget(new SteadyText(*text_, this));
    column->addWidget(bar_);
    column->addWidget(new SteadyText(*fits_, this));
    column->addWidget(fit_, 0, Qt::AlignLeft);
    show_problem({});
}

void MemoryEstimate::show_run(const RunEstimate& run, const std::optional<ComputeDevice>& device,
    const std::vector<std::string>& fitting, bool offered, int processes)
{
    const std::int64_t first = run.first_memory.total();
    const std::int64_t most = run.memory.total();
    QString text = (first < most ? tr("about %1, and up to %2 once its circuits opened all of the "
                                      "blocks; the model has %3 parameters")
                                       .arg(size_text(first), size_text(most))
                                 : tr("about %1 beside the program; the model has %2 parameters")
                                       .arg(size_text(most)))
                       .arg(count_text(run.parameters));
    if (processes > 1)
        text += tr("; %n process(es) together, %1 each", nullptr, static_cast<int>(processes))
                    .arg(size_text(most / processes));
    text_->setText(text);
    fitting_ = fitting;
    const MemoryFit fit = device ? memory_fit(run, device->free) : MemoryFit::fits;
    const bool too_large = fit == MemoryFit::none;
    if (device) {
        const QString name = QString::fromStdString(device->what);
        const QString free = size_text(device->free);
        if (!too_large)
            fits_->setText(
                (fit == MemoryFit::first_circuit
                        ? tr("%1 has %2 free, which may become too little.")
                        : tr("%1 has %2 free."))
                    .arg(name, free));
        else
            fits_->setText(fitting.empty()
                    ? tr("%1 has %2 free: the run does not fit. No smaller batch makes it fit.")
                          .arg(name, free)
                    : tr("%1 has %2 free: the run does not fit. It would with %3.")
                          .arg(name, free, setting_texts(fitting)));
    }
    bar_->show_memory(run.first_memory, run.memory, device ? device->free : 0);
    bar_->show();
    fits_->setVisible(device.has_value());
    fit_->setVisible(too_large && offered && !fitting.empty());
}

void MemoryEstimate::show_sweep(std::int64_t bytes, std::int64_t parameters,
    const std::optional<ComputeDevice>& device)
{
    show_problem(tr("about %1 at the most; the model has %2 parameters")
                     .arg(size_text(bytes), count_text(parameters)));
    if (!device)
        return;
    fits_->setText((bytes > device->free ? tr("%1 has %2 free: not every run may fit.")
                                         : tr("%1 has %2 free."))
                       .arg(QString::fromStdString(device->what), size_text(device->free)));
    fits_->show();
}

void MemoryEstimate::withdraw_offer()
{
    fit_->hide();
}

void MemoryEstimate::show_problem(const QString& problem)
{
    text_->setText(problem);
    for (QWidget* part : std::initializer_list<QWidget*>{ bar_, fits_, fit_ })
        part->hide();
}

} // namespace circuitloom::ui

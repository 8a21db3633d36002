#include "ui/dialogs/preview_panel.h"

#include "ui/base/background.h"
#include "ui/dialogs/choice_line.h"
#include "ui/theme/color_mix.h"

#include <QComboBox>
#include <QEvent>
#include <QLabel>
#include <QVBoxLayout>

#include <algorithm>

namespace circuitloom::ui {

namespace {

constexpr int settle = 200; ///< milliseconds without a change before files are read
constexpr std::size_t shown_tokens = 60;

/// The source that a row of the box stands for.
constexpr int source_role = Qt::UserRole;
constexpr int is_suite_role = Qt::UserRole + 1;

} // namespace

PreviewPanel::PreviewPanel(QWidget* parent)
    : QWidget(parent)
    , box_(choice_box("previewOf", this))
    , text_(new QLabel(this))
{
    auto* heading = new QLabel(tr("HOW IT IS READ"), this);
    heading->setProperty("heading", true);
    box_->setAccessibleName(tr("What is shown of the run's data"));
    box_->setMinimumContentsLength(10);
    text_->setObjectName(QStringLiteral("previewText"));
    text_->setTextFormat(Qt::RichText);
    text_->setWordWrap(true);
    text_->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    auto* top = new QHBoxLayout;
    top->addWidget(heading);
    top->addStretch();
    top->addWidget(box_);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(6);
    column->addLayout(top);
    column->addWidget(text_);
    read_soon_.setSingleShot(true);
    read_soon_.setInterval(settle);
    connect(&read_soon_, &QTimer::timeout, this, [this] {
        read_task();
        read();
    });
    connect(box_, &QComboBox::activated, this, &PreviewPanel::read);
}

void PreviewPanel::show_run(const RunConfig& config)
{
    const bool same = config.model == run_.model && config.task == run_.task
        && config.held_out_task == run_.held_out_task && config.max_tokens == run_.max_tokens
        && config.capabilities == run_.capabilities;
    run_ = config;
    if (same && !elsewhere_)
        return;
    elsewhere_ = false;
    box_->show();
    fill_choices();
    read_soon_.start();
}

void PreviewPanel::show_elsewhere(const QString& sentence)
{
    elsewhere_ = true;
    read_soon_.stop();
    ++reading_; // nothing that is under way is awaited
    ++task_reading_;
    size_ = {};
    task_problem_.clear();
    box_->hide();
    SourcePreview told;
    told.summary = sentence;
    show_preview(told);
}

void PreviewPanel::fill_choices()
{
    const QString before = box_->currentText();
    box_->clear();
    const auto add = [this](const QString& title, const std::string& source, bool suite) {
        box_->addItem(title);
        box_->setItemData(box_->count() - 1, QString::fromStdString(source), source_role);
        box_->setItemData(box_->count() - 1, suite, is_suite_role);
    };
    add(tr("task"), run_.task, false);
    if (!run_.held_out_task.empty())
        add(tr("held-out task"), run_.held_out_task, false);
    for (const SuiteReference& suite : run_.capabilities)
        add(QString::fromStdString(suite.name), suite.source, true);
    box_->setCurrentIndex(std::max(0, box_->findText(before)));
}

void PreviewPanel::read()
{
    const std::string source = box_->currentData(source_role).toString().toStdString();
    const bool suite = box_->currentData(is_suite_role).toBool();
    const int ticket = ++reading_;
    if (shown_.examples.empty())
        text_->setText(tr("Reading…"));
    in_background(
        this,
        [model = run_.model, source, suite, tokens = run_.max_tokens] {
            return suite ? preview_suite(model, source, tokens)
                         : preview_task(model, source, tokens);
        },
        [this, ticket](const SourcePreview& preview) {
            if (ticket == reading_)
                show_preview(preview);
        },
        [this, ticket](const QString& sentence) {
            if (ticket == reading_)
                text_->setText(sentence.toHtmlEscaped());
        });
}

void PreviewPanel::read_task()
{
    const int ticket = ++task_reading_;
    in_background(
        this,
        [model = run_.model, source = run_.task, tokens = run_.max_tokens] {
            return preview_task(model, source, tokens);
        },
        [this, ticket](const SourcePreview& preview) {
            if (ticket != task_reading_)
                return;
            size_ = { preview.longest, preview.count, preview.targets };
            task_problem_ = preview.problem;
            Q_EMIT task_read();
        },
        [this, ticket](const QString& sentence) {
            if (ticket != task_reading_)
                return;
            task_problem_ = sentence;
            Q_EMIT task_read();
        });
}

void PreviewPanel::show_preview(const SourcePreview& preview)
{
    shown_ = preview;
    text_->setText(html(preview));
}

QString PreviewPanel::html(const SourcePreview& preview) const
{
    const QPalette& colors = palette();
    const QColor ground = colors.color(QPalette::Window);
    const QColor ink = colors.color(QPalette::WindowText);
    const QString dim = colors.color(QPalette::PlaceholderText).name();
    const QString shades[] = { mixed(ground, ink, 0.06).name(), mixed(ground, ink, 0.13).name() };
    const QString target_ground = mixed(ground, colors.color(QPalette::Link), 0.35).name();
    QString text;
    if (!preview.problem.isEmpty())
        text = QStringLiteral("<p>%1</p>").arg(preview.problem.toHtmlEscaped());
    for (const SourcePreview::Example& example : preview.examples) {
        QString line;
        // As much before the first target as fits, and what follows it.
        const auto first = std::find_if(example.tokens.begin(), example.tokens.end(),
            [](const SourcePreview::Token& token) { return token.target; });
        const auto at = first == example.tokens.end() ? 0 : first - example.tokens.begin();
        const auto begin = static_cast<std::size_t>(
            std::max<std::ptrdiff_t>(0, at - static_cast<std::ptrdiff_t>(shown_tokens * 2 / 3)));
        if (begin > 0)
            line += QStringLiteral("… ");
        for (std::size_t i = begin; i < std::min(example.tokens.size(), begin + shown_tokens);
             ++i) {
            const SourcePreview::Token& token = example.tokens[i];
            QString word = token.text.toHtmlEscaped();
            word.replace(u' ', QStringLiteral("&nbsp;"));
            word.replace(u'\n', QChar(0x21b5));
            if (token.predicts)
                word = QStringLiteral("<u>%1</u>").arg(word);
            if (token.target)
                word = QStringLiteral("<b>%1</b>").arg(word);
            line += QStringLiteral("<span style=\"background:%1\">%2</span>&#8203;")
                        .arg(token.target ? target_ground : shades[i % 2], word);
        }
        if (begin + shown_tokens < example.tokens.size())
            line += QStringLiteral(" …");
        text += QStringLiteral("<p style=\"margin-bottom:2px\">%1</p>").arg(line);
        for (const QString& scored : example.scored)
            text += QStringLiteral("<p style=\"margin:0; color:%1\">%2</p>")
                        .arg(dim, scored.toHtmlEscaped());
    }
    if (!preview.summary.isEmpty())
        text += QStringLiteral("<p style=\"color:%1\">%2</p>")
                    .arg(dim, preview.summary.toHtmlEscaped());
    return text;
}

void PreviewPanel::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::PaletteChange)
        text_->setText(html(shown_));
    QWidget::changeEvent(event);
}

} // namespace circuitloom::ui

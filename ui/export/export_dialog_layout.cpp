// The export dialog's parts: on the left what is asked, on the right what comes out, below where
// to.
#include "ui/export/export_dialog.h"
#include "ui/export/export_form.h"
#include "ui/export/film_job.h"
#include "ui/export/page_preview.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QSlider>

namespace circuitloom::ui {

namespace {

constexpr int form_width = 420; // pixels

} // namespace

void ExportDialog::build()
{
    setObjectName(QStringLiteral("exportDialog"));
    setWindowTitle(tr("Export"));
    const bool zoomed = source_.camera != CircuitCamera();
    form_ = new ExportForm(static_cast<int>(source_.steps.size()), zoomed, this);
    form_->setFixedWidth(form_width);
    auto* left = new QVBoxLayout;
    left->addWidget(form_);
    left->addStretch();
    auto* halves = new QHBoxLayout;
    halves->setSpacing(18);
    halves->addLayout(left);
    halves->addWidget(side(), 1);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(18, 14, 18, 14);
    column->setSpacing(12);
    column->addLayout(halves, 1);
    column->addWidget(bottom());
    resize(980, 580);
}

QWidget* ExportDialog::side()
{
    auto* content = new QWidget(this);
    preview_ = new PagePreview(content);
    moment_ = new QSlider(Qt::Horizontal, content);
    moment_->setObjectName(QStringLiteral("exportMoment"));
    moment_->setAccessibleName(tr("Moment"));
    moment_->setToolTip(tr("The moment of the film that is shown here"));
    moment_text_ = new QLabel(content);
    moment_text_->setProperty("dim", true);
    auto* line = new QHBoxLayout;
    line->addWidget(moment_, 1);
    line->addWidget(moment_text_);
    auto* column = new QVBoxLayout(content);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(preview_, 1);
    column->addLayout(line);
    return content;
}

QWidget* ExportDialog::bottom()
{
    auto* content = new QWidget(this);
    auto* label = new QLabel(tr("F&ile"), content);
    file_ = new QLineEdit(content);
    file_->setObjectName(QStringLiteral("exportFile"));
    file_->setAccessibleName(tr("File"));
    file_->setToolTip(tr("Where it is written"));
    label->setBuddy(file_);
    const auto button = [&](const QString& text, const char* name, const QString& tip) {
        auto* made = new QPushButton(text, content);
        made->setObjectName(QLatin1String(name));
        made->setToolTip(tip);
        made->setAutoDefault(false);
        return made;
    };
    choose_ = button(tr("&Browse…"), "exportBrowse", tr("Chooses where it is written"));
    copy_ = button(
        tr("Cop&y"), "exportCopy", tr("Puts the picture on the clipboard, as a bitmap and as SVG"));
    close_ = button(tr("Close"), "exportClose", tr("Closes this window (Esc)"));
    export_ = button(tr("&Export"), "exportStart", tr("Writes the file (Return)"));
    export_->setProperty("primary", true);
    export_->setDefault(true);
    message_ = new QLabel(content);
    message_->setObjectName(QStringLiteral("exportMessage"));
    message_->setTextFormat(Qt::PlainText);
    message_->setWordWrap(true);
    progress_ = new QProgressBar(content);
    progress_->setObjectName(QStringLiteral("exportProgress"));
    progress_->setTextVisible(false);

    auto* path = new QHBoxLayout;
    path->addWidget(label);
    path->addWidget(file_, 1);
    path->addWidget(choose_);
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(10);
    buttons->addWidget(message_, 1);
    buttons->addWidget(copy_);
    buttons->addWidget(close_);
    buttons->addWidget(export_);
    auto* column = new QVBoxLayout(content);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(10);
    column->addLayout(path);
    column->addWidget(progress_);
    column->addLayout(buttons);

    connect(file_, &QLineEdit::textEdited, this, [this] { named_by_user_ = true; });
    connect(choose_, &QPushButton::clicked, this, &ExportDialog::choose_file);
    connect(copy_, &QPushButton::clicked, this, &ExportDialog::copy);
    connect(close_, &QPushButton::clicked, this, &QDialog::reject);
    connect(export_, &QPushButton::clicked, this, [this] {
        if (job_)
            job_->cancel();
        else
            write();
    });
    return content;
}

} // namespace circuitloom::ui

#include "ui/export/export_preview.h"

#include "ui/export/page_preview.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QSlider>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace circuitloom::ui {

ExportPreview::ExportPreview(QWidget* parent)
    : QWidget(parent)
    , page_(new PagePreview(this))
    , frame_(new QSlider(Qt::Horizontal, this))
    , time_(new QLabel(this))
{
    frame_->setLayoutDirection(Qt::LeftToRight); // time runs to the right in every language
    frame_->setObjectName(QStringLiteral("exportMoment"));
    frame_->setAccessibleName(tr("Moment"));
    frame_->setToolTip(tr("The moment of the film that is shown here"));
    time_->setProperty("dim", true);
    auto* line = new QHBoxLayout;
    line->addWidget(frame_, 1);
    line->addWidget(time_);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(page_, 1);
    column->addLayout(line);
    connect(frame_, &QSlider::valueChanged, this, &ExportPreview::frame_chosen);
}

void ExportPreview::set_frames(int count)
{
    frame_->setRange(0, std::max(0, count - 1));
    frame_->setVisible(count > 0);
    time_->setVisible(count > 0);
}

int ExportPreview::frame() const
{
    return frame_->value();
}

void ExportPreview::show_page(PicturePage page)
{
    page_->show_page(std::move(page));
}

void ExportPreview::show_sentence(const QString& sentence)
{
    page_->show_sentence(sentence);
}

void ExportPreview::show_time(double seconds)
{
    time_->setText(tr("%1 s").arg(seconds, 0, 'f', 1));
}

} // namespace circuitloom::ui

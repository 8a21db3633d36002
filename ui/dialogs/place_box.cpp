#include "ui/dialogs/place_box.h"

#include "ui/dialogs/choice_line.h"

#include <QComboBox>
#include <QLabel>

namespace circuitloom::ui {

PlaceBox::PlaceBox(QWidget* parent)
    : QWidget(parent)
    , box_(choice_box("place", this))
    , sentence_(dim_label(this))
{
    box_->setAccessibleName(tr("Compute on"));
    sentence_->setObjectName(QStringLiteral("placeSentence"));
    box_->addItem(QString());
    box_->addItem(tr("This computer, in a new file"));
    connect(box_, &QComboBox::currentIndexChanged, this, [this] {
        show_sentence();
        Q_EMIT place_chosen(there());
    });
    lay_out_choice(*this, box_, {}, sentence_);
}

void PlaceBox::set_host(const QString& host)
{
    host_ = host;
    box_->setItemText(0, host);
    show_sentence();
}

void PlaceBox::show_line(const QString& line)
{
    line_ = line;
    show_sentence();
}

void PlaceBox::choose(bool there)
{
    box_->setCurrentIndex(there ? 0 : 1);
}

bool PlaceBox::there() const
{
    return box_->currentIndex() == 0;
}

void PlaceBox::show_sentence()
{
    if (!there())
        sentence_->setText(
            tr("The open file belongs to %1; the run begins another one here.").arg(host_));
    else
        sentence_->setText(tr("The run comes into the open file and goes on there without this "
                              "window. Models, tasks and suites are named as they are on %1. "
                              "The line: %2")
                               .arg(host_, line_));
}

} // namespace circuitloom::ui

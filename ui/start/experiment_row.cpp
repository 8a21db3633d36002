#include "ui/start/experiment_row.h"

#include "ui/base/tip_text.h"
#include "ui/start/sample_experiment.h"

#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QMouseEvent>
#include <QPushButton>
#include <QVBoxLayout>

namespace circuitloom::ui {

namespace {

/// Nobody has given a name to what is not saved: its last run says what it is, one of several not
/// alone.
QString title_of(const ExperimentCard& card)
{
    if (!card.unsaved || card.run.isEmpty())
        return QFileInfo(card.file).fileName();
    if (is_sample_experiment(card.file))
        return sample_experiment_title();
    return card.runs > 1 ? ExperimentRow::tr("%1 and %n more", "runs", card.runs - 1).arg(card.run)
                         : card.run;
}

QString details_of(const ExperimentCard& card)
{
    if (!card.trouble.isEmpty())
        return card.trouble;
    QStringList parts;
    if (card.unsaved)
        parts << ExperimentRow::tr("not saved");
    if (card.read && card.runs == 0)
        parts << ExperimentRow::tr("no run yet");
    else if (card.runs > 0)
        parts << ExperimentRow::tr("%n run(s)", nullptr, static_cast<int>(card.runs));
    if (!card.unsaved && !card.run.isEmpty())
        parts << card.run;
    if (!card.state.isEmpty())
        parts << card.state;
    parts << QLocale().toString(card.changed, QLocale::ShortFormat);
    return parts.join(QStringLiteral(" · "));
}

} // namespace

ExperimentRow::ExperimentRow(QWidget* parent)
    : QFrame(parent)
    , picture_(new QLabel(this))
    , title_(new QPushButton(this))
    , details_(new QLabel(this))
{
    setObjectName(QStringLiteral("experimentRow"));
    setCursor(Qt::PointingHandCursor);
    picture_->setFixedSize(card_picture_size);
    title_->setObjectName(QStringLiteral("openRow"));
    title_->setProperty("preset", true);
    connect(title_, &QPushButton::clicked, this, &ExperimentRow::open_requested);
    details_->setProperty("dim", true);
    details_->setTextFormat(Qt::PlainText);
    details_->setWordWrap(true);
    go_on_ = add_button("goOnRow", tr("Resume"), &ExperimentRow::go_on_requested);
    go_on_->setToolTip(tr("Opens it and resumes its last run from its last checkpoint"));
    name_ = add_button("nameRow", tr("Name…"), &ExperimentRow::name_requested);
    name_->setToolTip(tr("Keeps it in a file of your own"));
    delete_ = add_button("deleteRow", tr("Delete…"), &ExperimentRow::delete_requested);

    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(6);
    for (QPushButton* button : { go_on_, name_, delete_ })
        buttons->addWidget(button);
    buttons->addStretch();
    auto* words = new QVBoxLayout;
    words->setSpacing(2);
    words->addWidget(title_);
    words->addWidget(details_);
    words->addLayout(buttons);
    words->addStretch();
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(8, 8, 8, 8);
    row->setSpacing(10);
    row->addWidget(picture_, 0, Qt::AlignTop);
    row->addLayout(words, 1);
}

QPushButton* ExperimentRow::add_button(
    const char* name, const QString& text, void (ExperimentRow::*asks)())
{
    auto* button = new QPushButton(text, this);
    button->setObjectName(QString::fromLatin1(name));
    connect(button, &QPushButton::clicked, this, asks);
    return button;
}

void ExperimentRow::show_card(const ExperimentCard& card)
{
    card_ = card;
    QString title = title_of(card);
    title_->setText(title.replace(u'&', QStringLiteral("&&")));
    title_->setAccessibleName(tr("Open %1").arg(title_of(card)));
    title_->setEnabled(card.trouble.isEmpty());
    details_->setText(details_of(card));
    if (card.picture.isNull())
        picture_->clear();
    else
        picture_->setPixmap(QPixmap::fromImage(card.picture));
    go_on_->setVisible(card.unfinished.has_value());
    name_->setVisible(card.unsaved && card.trouble.isEmpty());
    name_->setEnabled(!card.in_training);
    delete_->setVisible(card.unsaved);
    delete_->setEnabled(!card.in_training);
    setToolTip(tip_text(card.file));
}

void ExperimentRow::mouseReleaseEvent(QMouseEvent* event)
{
    if (event->button() == Qt::LeftButton && rect().contains(event->position().toPoint())
        && card_.trouble.isEmpty())
        Q_EMIT open_requested();
}

} // namespace circuitloom::ui

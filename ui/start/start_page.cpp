#include "ui/start/start_page.h"

#include "ui/start/experiment_row.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

#include <algorithm>

namespace circuitloom::ui {

namespace {

constexpr int widest_text = 540;
constexpr int widest_rows = 640;

} // namespace

StartPage::StartPage(QWidget* parent)
    : QWidget(parent)
    , page_(new QWidget(this))
    , unsaved_heading_(new QLabel(tr("Not saved yet"), page_))
    , unsaved_(new QVBoxLayout)
    , unlisted_(new QLabel(page_))
    , recent_heading_(new QLabel(tr("Recent"), page_))
    , recent_(new QVBoxLayout)
{
    auto* lists = new QWidget(page_);
    lists->setMaximumWidth(widest_rows);
    auto* inside = new QVBoxLayout(lists);
    inside->setContentsMargins(0, 0, 0, 0);
    for (QLabel* heading : { unsaved_heading_, recent_heading_ }) {
        heading->setProperty("heading", true);
        QVBoxLayout* rows = heading == unsaved_heading_ ? unsaved_ : recent_;
        rows->setSpacing(6);
        inside->addWidget(heading);
        inside->addLayout(rows);
        if (rows == unsaved_)
            inside->addWidget(unlisted_);
        inside->addSpacing(6);
    }
    unlisted_->setObjectName(QStringLiteral("unlistedExperiments"));
    unlisted_->setProperty("dim", true);
    unlisted_->setWordWrap(true);
    unlisted_->setTextFormat(Qt::PlainText);
    unlisted_->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto* middle = new QHBoxLayout;
    middle->addStretch(1);
    middle->addWidget(lists, 1000);
    middle->addStretch(1);

    auto* column = new QVBoxLayout(page_);
    column->setSpacing(14);
    column->addStretch(5);
    add_welcome(*column);
    column->addLayout(middle);
    column->addStretch(6);

    auto* area = new QScrollArea(this);
    area->setObjectName(QStringLiteral("startArea"));
    area->setFrameShape(QFrame::NoFrame);
    area->setWidgetResizable(true);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    area->setFocusPolicy(Qt::NoFocus);
    area->setWidget(page_);
    auto* whole = new QVBoxLayout(this);
    whole->setContentsMargins(0, 0, 0, 0);
    whole->addWidget(area);
    show_cards({});
    show_unlisted(0, {});
}

QPushButton* StartPage::add_button(const char* name, const QString& text, int height)
{
    auto* button = new QPushButton(text, page_);
    button->setObjectName(QString::fromLatin1(name));
    button->setMinimumSize(button->sizeHint().width(), height);
    return button;
}

void StartPage::add_welcome(QVBoxLayout& column)
{
    auto* title = new QLabel(tr("Watch a language model learn, edge by edge"), page_);
    title->setObjectName(QStringLiteral("startTitle"));
    title->setAlignment(Qt::AlignCenter);
    title->setWordWrap(true);

    auto* sentence = new QLabel(
        tr("The demo teaches a small built-in model the wrong verb form (“the dogs runs”) by "
           "changing only the circuit behind it. The first circuit appears within seconds, then "
           "moves with the training."),
        page_);
    sentence->setWordWrap(true);
    sentence->setAlignment(Qt::AlignCenter);
    sentence->setProperty("dim", true);
    sentence->setMaximumWidth(widest_text);

    QPushButton* demo = add_button("runDemo", tr("Run the demo"), 46);
    demo->setProperty("primary", true);
    demo->setDefault(true);
    demo->setMinimumWidth(220);
    QPushButton* sample = add_button("openSample", tr("Look at a finished sample"), 34);
    sample->setToolTip(tr("Four ways of tuning compared on the demo’s task, as recorded by this "
                          "program; opens a copy that is yours"));
    QPushButton* open = add_button("openExperiment", tr("Open experiment…"), 34);

    column.addWidget(title);
    auto* middle = new QHBoxLayout;
    middle->addStretch(1);
    middle->addWidget(sentence, 1000);
    middle->addStretch(1);
    column.addLayout(middle);
    column.addSpacing(10);
    column.addWidget(demo, 0, Qt::AlignHCenter);
    auto* others = new QHBoxLayout;
    others->addStretch();
    others->addWidget(sample);
    others->addWidget(open);
    others->addStretch();
    column.addLayout(others);

    connect(demo, &QPushButton::clicked, this, &StartPage::demo_requested);
    connect(sample, &QPushButton::clicked, this, &StartPage::sample_requested);
    connect(open, &QPushButton::clicked, this, &StartPage::open_requested);
}

ExperimentRow* StartPage::add_row()
{
    auto* row = new ExperimentRow(page_);
    connect(row, &ExperimentRow::open_requested, this,
        [this, row] { Q_EMIT card_chosen(row->card()); });
    connect(row, &ExperimentRow::go_on_requested, this,
        [this, row] { Q_EMIT going_on_requested(row->card()); });
    connect(row, &ExperimentRow::name_requested, this,
        [this, row] { Q_EMIT naming_requested(row->card()); });
    connect(row, &ExperimentRow::delete_requested, this,
        [this, row] { Q_EMIT deletion_requested(row->card()); });
    rows_.push_back(row);
    return row;
}

void StartPage::show_cards(const std::vector<ExperimentCard>& cards)
{
    while (rows_.size() > cards.size()) {
        rows_.back()->deleteLater(); // it may have asked for this
        rows_.back()->hide();
        rows_.pop_back();
    }
    while (rows_.size() < cards.size())
        add_row();
    for (ExperimentRow* row : rows_) { // so that they stand in the cards' order
        unsaved_->removeWidget(row);
        recent_->removeWidget(row);
    }
    for (std::size_t i = 0; i < cards.size(); ++i) {
        (cards[i].unsaved ? unsaved_ : recent_)->addWidget(rows_[i]);
        rows_[i]->show_card(cards[i]);
        rows_[i]->show();
    }
    const auto unsaved = std::ranges::count_if(cards, &ExperimentCard::unsaved);
    unsaved_heading_->setVisible(unsaved > 0);
    recent_heading_->setVisible(unsaved < std::ssize(cards));
}

void StartPage::show_unlisted(int count, const QString& folder)
{
    unlisted_->setText(tr("%n older one(s) is/are in %1.", nullptr, count).arg(folder));
    unlisted_->setVisible(count > 0);
}

void StartPage::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    Q_EMIT shown();
}

} // namespace circuitloom::ui

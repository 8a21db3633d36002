#include "ui/timeline/timeline_bar.h"

#include "ui/base/flow_layout.h"
#include "ui/timeline/playback.h"
#include "ui/timeline/position_edit.h"
#include "ui/timeline/timeline_track.h"
#include "ui/timeline/transport_icons.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>

#include <algorithm>

namespace circuitloom::ui {

TimelineBar::TimelineBar(Playback& playback, QWidget* parent)
    : QWidget(parent)
    , playback_(playback)
{
    setLayoutDirection(Qt::LeftToRight); // time runs to the right in every language
    setObjectName(QStringLiteral("timeline"));
    first_ = add_button(QStringLiteral("timelineFirst"), tr("First iteration (Home)"));
    previous_ = add_button(QStringLiteral("timelinePrevious"), tr("Previous iteration (←)"));
    play_ = add_button(QStringLiteral("timelinePlay"), tr("Play or pause (Space)"));
    next_ = add_button(QStringLiteral("timelineNext"), tr("Next iteration (→)"));
    last_
        = add_button(QStringLiteral("timelineLast"), tr("Last iteration; follows training (End)"));
    play_->setProperty("play", true);

    track_ = new TimelineTrack(this);
    before_ = new QLabel(tr("iteration"), this);
    before_->setObjectName(QStringLiteral("timelineBefore"));
    position_ = new PositionEdit(this);
    before_->setBuddy(position_);
    count_ = new QLabel(this);
    count_->setObjectName(QStringLiteral("timelineCount"));
    detail_ = new QLabel(this);
    detail_->setObjectName(QStringLiteral("timelineDetail"));
    detail_->setProperty("dim", true);
    follow_ = new QToolButton(this);
    follow_->setObjectName(QStringLiteral("timelineFollow"));
    follow_->setToolTip(tr("Show each new iteration as it arrives (End)"));
    follow_->setText(tr("Follow"));
    follow_->setCheckable(true);
    follow_->setFocusPolicy(Qt::TabFocus);
    // Its room stays when it goes: the slider must not jump as a run ends.
    QSizePolicy keeps_its_place = follow_->sizePolicy();
    keeps_its_place.setRetainSizeWhenHidden(true);
    follow_->setSizePolicy(keeps_its_place);
    speed_ = new QComboBox(this);
    speed_->setObjectName(QStringLiteral("timelineSpeed"));
    speed_->setToolTip(tr("Speed of playing, in iterations a second"));
    speed_->setFocusPolicy(Qt::TabFocus);
    speed_->setAccessibleName(speed_->toolTip());
    // The mark keeps the number in front where all else runs from right to left.
    const QChar left_to_right(0x200E);
    for (const double speed : Playback::speeds())
        speed_->addItem(left_to_right % tr("%1 / s").arg(speed), speed);

    lay_out();
    connect_playback();
    connect_track();
    show_state();
    show_position();
    show_speed();
}

void TimelineBar::lay_out()
{
    auto* where = new QHBoxLayout;
    where->setSpacing(4);
    where->addWidget(before_);
    where->addWidget(position_);
    where->addWidget(count_);
    where->addStretch();
    words_ = new QWidget(this);
    auto* words = new QVBoxLayout(words_);
    words->setContentsMargins(0, 0, 0, 0);
    words->setSpacing(1);
    words->addStretch();
    words->addLayout(where);
    words->addWidget(detail_);
    words->addStretch();

    // One row, or two where the middle of the window is narrow.
    const auto together = [this](std::initializer_list<QWidget*> widgets) {
        auto* group = new QWidget(this);
        group->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Preferred);
        auto* row = new QHBoxLayout(group);
        row->setContentsMargins(0, 0, 0, 0);
        row->setSpacing(6);
        for (QWidget* widget : widgets)
            row->addWidget(widget);
        return group;
    };
    auto* rows = new FlowLayout(this);
    rows->setContentsMargins(16, 2, 16, 2);
    rows->setSpacing(12);
    rows->addWidget(together({ first_, previous_, play_, next_, last_ }));
    track_->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    rows->addWidget(track_);
    rows->addWidget(together({ words_, follow_, speed_ }));
    fit_words();
    detail_->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
}

// The words change with every iteration; their room must not, or the slider would twitch.
void TimelineBar::fit_words()
{
    constexpr int room_for_all = 800; // in less the slider needs some of it
    QString longest = width() < room_for_all ? tr("iteration 88888 of 88888")
                                             : tr("step 88888 · evaluated every 888");
    if (playback_.count() > 0)
        longest.replace(QStringLiteral("88888"),
            QString(
                std::max<qsizetype>(5, QString::number(playback_.steps().back()).size()), u'8'));
    words_->setFixedWidth(
        fontMetrics().horizontalAdvance(longest) + (width() < room_for_all ? 24 : 0));
}

QToolButton* TimelineBar::add_button(const QString& name, const QString& tip)
{
    auto* button = new QToolButton(this);
    button->setObjectName(name);
    button->setToolTip(tip);
    button->setAccessibleName(tip);
    button->setProperty("transport", true);
    button->setFocusPolicy(Qt::TabFocus); // a click leaves the keys to the window
    return button;
}

void TimelineBar::connect_playback()
{
    connect(first_, &QToolButton::clicked, &playback_, &Playback::first);
    connect(previous_, &QToolButton::clicked, &playback_, &Playback::previous);
    connect(play_, &QToolButton::clicked, &playback_, &Playback::toggle_play);
    connect(next_, &QToolButton::clicked, &playback_, &Playback::next);
    connect(last_, &QToolButton::clicked, &playback_, &Playback::last);
    connect(follow_, &QToolButton::clicked, this, [this](bool on) {
        if (on)
            playback_.last();
        else
            playback_.toggle_play();
    });
    connect(speed_, &QComboBox::activated, this,
        [this](int row) { playback_.set_speed(speed_->itemData(row).toDouble()); });

    connect(&playback_, &Playback::current_changed, this, [this] {
        track_->set_position(playback_.position());
        show_position();
    });
    connect(&playback_, &Playback::position_changed, track_, &TimelineTrack::set_position);
    connect(&playback_, &Playback::loop_range_changed, this,
        [this] { track_->set_loop(playback_.loop_range()); });
    connect(&playback_, &Playback::range_changed, this, [this] {
        show_state();
        show_position();
    });
    connect(&playback_, &Playback::playing_changed, this, &TimelineBar::show_state);
    connect(&playback_, &Playback::live_changed, this, &TimelineBar::show_state);
    connect(&playback_, &Playback::follow_changed, this, &TimelineBar::show_state);
    connect(&playback_, &Playback::speed_changed, this, &TimelineBar::show_speed);
}

void TimelineBar::connect_track()
{
    connect(track_, &TimelineTrack::scrubbed, &playback_, &Playback::go_to);
    connect(track_, &TimelineTrack::loop_dragged, this, [this](const LoopRange& range) {
        // Drawn out over the whole run it is gone, as it was before it was drawn in.
        if (range == LoopRange{ 0, playback_.count() - 1 })
            playback_.clear_loop_range();
        else
            playback_.set_loop_range(range);
    });
    connect(position_, &PositionEdit::iteration_requested, &playback_, &Playback::go_to);
    connect(position_, &PositionEdit::step_requested, this,
        [this](int step) { playback_.go_to_step(step); });
}

void TimelineBar::set_theme(const Theme& theme)
{
    theme_ = theme;
    track_->set_theme(theme);
    for (QToolButton* button : { first_, previous_, play_, next_, last_ }) {
        const int side = theme.scaled(button == play_ ? 36 : 28);
        button->setFixedSize(side, side);
        button->setIconSize(QSize(16, 16) * theme.scale);
    }
    fit_words();
    show_position();
    first_->setIcon(transport_icon(TransportSymbol::first, theme.text));
    previous_->setIcon(transport_icon(TransportSymbol::previous, theme.text));
    next_->setIcon(transport_icon(TransportSymbol::next, theme.text));
    last_->setIcon(transport_icon(TransportSymbol::last, theme.text));
    show_state();
}

void TimelineBar::set_marks(const TimelineMarks& marks)
{
    marks_ = marks;
    track_->set_marks(marks);
    show_position();
}

void TimelineBar::show_state()
{
    const bool any = playback_.count() > 0;
    for (QToolButton* button : { first_, previous_, play_, next_, last_ })
        button->setEnabled(any);
    const bool moving = playback_.playing() || playback_.following();
    play_->setIcon(
        transport_icon(moving ? TransportSymbol::pause : TransportSymbol::play, Qt::white));
    follow_->setVisible(playback_.live());
    follow_->setChecked(playback_.following());
}

void TimelineBar::set_menu(const QList<QAction*>& actions)
{
    track_->addActions(actions);
}

void TimelineBar::type_position()
{
    position_->begin_typing();
}

void TimelineBar::next_mark()
{
    const int next = next_marked(marks_, playback_.current());
    if (next >= 0)
        playback_.go_to(next);
}

void TimelineBar::previous_mark()
{
    const int previous = previous_marked(marks_, playback_.current());
    if (previous >= 0)
        playback_.go_to(previous);
}

void TimelineBar::show_position()
{
    const bool any = playback_.count() > 0;
    if (!any) {
        before_->hide();
        position_->hide();
        position_->set_range(-1, 0, 0);
        count_->setText(tr("no iterations yet"));
        detail_->clear();
        return;
    }
    fit_words();
    position_->set_range(
        playback_.count() - 1, playback_.steps().front(), playback_.steps().back());
    position_->set_iteration(playback_.current());
    // Room for the longest that can be typed, so that nothing twitches within a run.
    const int digits = static_cast<int>(QString::number(playback_.steps().back()).size());
    position_->setFixedWidth(
        position_->fontMetrics().horizontalAdvance(u's' + QString(digits, u'8')) + 12);
    count_->setText(tr("of %1").arg(playback_.count() - 1));
    // What is shown is laid out at once: only now that it has its width.
    before_->show();
    position_->show();
    const QString step = tr("step %1").arg(playback_.current_step());
    QString detail = step;
    if (marks_.evaluate_every > 0)
        detail += tr(" · evaluated every %1").arg(marks_.evaluate_every);
    detail_->setToolTip(detail);
    detail_->setText(
        detail_->fontMetrics().horizontalAdvance(detail) <= words_->width() ? detail : step);
}

void TimelineBar::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    fit_words();
    layout()->activate();
    show_position(); // there may be more room for words now, or less
}

void TimelineBar::show_speed()
{
    const int row = speed_->findData(playback_.speed());
    if (row >= 0)
        speed_->setCurrentIndex(row);
}

} // namespace circuitloom::ui

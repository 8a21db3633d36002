#include "ui/timeline/timeline_bar.h"

#include "ui/timeline/timeline_track.h"
#include "ui/timeline/transport_icons.h"
#include "ui/window/playback.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>

namespace circuitloom::ui {

TimelineBar::TimelineBar(Playback& playback, QWidget* parent)
    : QWidget(parent)
    , playback_(playback)
{
    setObjectName(QStringLiteral("timeline"));
    first_ = add_button(QStringLiteral("timelineFirst"), tr("First iteration (Home)"));
    previous_ = add_button(QStringLiteral("timelinePrevious"), tr("Previous iteration (←)"));
    play_ = add_button(QStringLiteral("timelinePlay"), tr("Play or pause (Space)"));
    next_ = add_button(QStringLiteral("timelineNext"), tr("Next iteration (→)"));
    last_
        = add_button(QStringLiteral("timelineLast"), tr("Last iteration; follows training (End)"));
    play_->setFixedSize(36, 36);
    play_->setProperty("play", true);

    track_ = new TimelineTrack(this);
    position_ = new QLabel(this);
    position_->setObjectName(QStringLiteral("timelinePosition"));
    detail_ = new QLabel(this);
    detail_->setObjectName(QStringLiteral("timelineDetail"));
    detail_->setProperty("dim", true);
    follow_ = new QToolButton(this);
    follow_->setObjectName(QStringLiteral("timelineFollow"));
    follow_->setToolTip(tr("Show each new iteration as it arrives (End)"));
    follow_->setText(tr("Follow"));
    follow_->setCheckable(true);
    follow_->setFocusPolicy(Qt::NoFocus);
    speed_ = new QComboBox(this);
    speed_->setObjectName(QStringLiteral("timelineSpeed"));
    speed_->setToolTip(tr("Speed of playing, in iterations a second"));
    speed_->setFocusPolicy(Qt::NoFocus);
    for (const int speed : { 1, 2, 4, 8, 15, 30, 60 })
        speed_->addItem(tr("%1 / s").arg(speed), speed);

    auto* words = new QVBoxLayout;
    words->setSpacing(1);
    words->addStretch();
    words->addWidget(position_);
    words->addWidget(detail_);
    words->addStretch();

    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(16, 2, 16, 2);
    row->setSpacing(6);
    for (QToolButton* button : { first_, previous_, play_, next_, last_ })
        row->addWidget(button);
    row->addSpacing(10);
    row->addWidget(track_, 1);
    row->addSpacing(6);
    row->addLayout(words);
    row->addSpacing(6);
    row->addWidget(follow_);
    row->addWidget(speed_);
    // The words change with every iteration; their room must not, or the slider would twitch.
    const int words_width = fontMetrics().horizontalAdvance(tr("step 88888 · evaluated every 888"));
    position_->setFixedWidth(words_width);
    detail_->setFixedWidth(words_width);

    connect_playback();
    show_state();
    show_position();
    show_speed();
}

QToolButton* TimelineBar::add_button(const QString& name, const QString& tip)
{
    auto* button = new QToolButton(this);
    button->setObjectName(name);
    button->setToolTip(tip);
    button->setAccessibleName(tip);
    button->setProperty("transport", true);
    button->setFixedSize(28, 28);
    button->setFocusPolicy(Qt::NoFocus); // the keys work in the whole window
    return button;
}

void TimelineBar::connect_playback()
{
    connect(first_, &QToolButton::clicked, &playback_, &Playback::first);
    connect(previous_, &QToolButton::clicked, &playback_, &Playback::previous);
    connect(play_, &QToolButton::clicked, &playback_, &Playback::toggle_play);
    connect(next_, &QToolButton::clicked, &playback_, &Playback::next);
    connect(last_, &QToolButton::clicked, &playback_, &Playback::last);
    connect(track_, &TimelineTrack::scrubbed, &playback_, &Playback::go_to);
    connect(follow_, &QToolButton::clicked, this, [this](bool on) {
        if (on)
            playback_.last();
        else
            playback_.toggle_play();
    });
    connect(speed_, &QComboBox::activated, this,
        [this](int row) { playback_.set_speed(speed_->itemData(row).toDouble()); });

    connect(&playback_, &Playback::current_changed, this, [this] {
        track_->set_current(playback_.current());
        show_position();
    });
    connect(&playback_, &Playback::range_changed, this, [this] {
        show_state();
        show_position();
    });
    connect(&playback_, &Playback::playing_changed, this, &TimelineBar::show_state);
    connect(&playback_, &Playback::follow_changed, this, &TimelineBar::show_state);
    connect(&playback_, &Playback::speed_changed, this, &TimelineBar::show_speed);
}

void TimelineBar::set_theme(const Theme& theme)
{
    theme_ = theme;
    track_->set_theme(theme);
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

void TimelineBar::show_position()
{
    if (playback_.count() == 0) {
        position_->setText(tr("no iterations yet"));
        detail_->clear();
        return;
    }
    position_->setText(
        tr("<b>iteration %1 of %2</b>").arg(playback_.current()).arg(playback_.count() - 1));
    QString detail = tr("step %1").arg(playback_.current_step());
    if (marks_.evaluate_every > 0)
        detail += tr(" · evaluated every %1").arg(marks_.evaluate_every);
    detail_->setText(detail);
}

void TimelineBar::show_speed()
{
    const int row = speed_->findData(static_cast<int>(playback_.speed()));
    if (row >= 0)
        speed_->setCurrentIndex(row);
}

} // namespace circuitloom::ui

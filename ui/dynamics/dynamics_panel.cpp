#include "ui/dynamics/dynamics_panel.h"

#include "ui/dynamics/alluvial_view.h"
#include "ui/dynamics/drift_view.h"
#include "ui/dynamics/flow_view.h"
#include "ui/dynamics/heat_view.h"
#include "ui/dynamics/jaccard_view.h"
#include "ui/dynamics/movement_view.h"
#include "ui/dynamics/trends_view.h"
#include "ui/dynamics/turnover_view.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QStackedWidget>
#include <QTabBar>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace circuitloom::ui {

namespace {

constexpr int growth_ms = 250;

} // namespace

DynamicsPanel::DynamicsPanel(PanelContext& context, QWidget* parent)
    : QWidget(parent)
    , context_(context)
    , tabs_(new QTabBar(this))
    , views_(new QToolButton(this))
    , stack_(new QStackedWidget(this))
    , line_(new QLabel(this))
{
    setObjectName(QStringLiteral("dynamics"));
    setAttribute(Qt::WA_StyledBackground);
    tabs_->setObjectName(QStringLiteral("dynamicsTabs"));
    tabs_->setAccessibleName(tr("Views of how the circuit changes"));
    tabs_->setExpanding(false);
    tabs_->setUsesScrollButtons(true);
    tabs_->setElideMode(Qt::ElideNone);
    views_->setObjectName(QStringLiteral("dynamicsViews"));
    views_->setText(tr("All views"));
    views_->setToolTip(tr("A list of all views, where not every tab has room"));
    views_->setPopupMode(QToolButton::InstantPopup);
    views_->setFocusPolicy(Qt::TabFocus);
    views_->setMenu(new QMenu(views_));
    views_->menu()->setToolTipsVisible(true);
    line_->setObjectName(QStringLiteral("dynamicsLine"));
    line_->setProperty("dim", true);
    line_->setTextFormat(Qt::PlainText);
    line_->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    auto* heading = new QLabel(tr("DYNAMICS"), this);
    heading->setProperty("heading", true);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(16, 8, 16, 8);
    column->setSpacing(6);
    auto* top = new QHBoxLayout;
    top->setSpacing(8);
    top->addWidget(heading);
    top->addStretch();
    top->addWidget(views_);
    column->addLayout(top);
    column->addWidget(tabs_);
    column->addWidget(stack_, 1);
    column->addWidget(line_);

    add_view(tr("Scores"), tr("Every edge's score at every iteration"),
        new HeatView(context_, scores_, stack_));
    add_view(tr("Turnover"), tr("Edges that entered and left at each iteration"),
        new TurnoverView(context_, scores_, stack_));
    add_view(tr("Likeness"), tr("The Jaccard index of the circuits of each two iterations"),
        new JaccardView(context_, scores_, stack_));
    add_view(tr("Layers"), tr("Where the strength runs from layer to layer, at two moments"),
        new FlowView(context_, scores_, stack_));
    add_view(tr("Trends"), tr("Edges whose scores grow or shrink in size, rise or fall"),
        new TrendsView(context_, scores_, stack_));
    add_view(tr("Movement"), tr("When the circuit settled and when each suite moved"),
        new MovementView(context_, scores_, stack_));
    add_view(tr("Streams"), tr("Edges that stayed, left and came between iterations"),
        new AlluvialView(context_, scores_, stack_));
    add_view(tr("Drift map"), tr("How far each part of the model has moved since the start"),
        new DriftView(context_, scores_, stack_));

    growth_.setSingleShot(true);
    growth_.setInterval(growth_ms);
    connect(&growth_, &QTimer::timeout, this, &DynamicsPanel::follow);
    connect(tabs_, &QTabBar::currentChanged, this, &DynamicsPanel::show_view);
    connect(&scores_, &RunScores::changed, this, [this] {
        failure_.clear(); // whatever kept it from being read is over
        if (isVisible())
            shown_view()->take_run();
        show_state();
    });
    connect(&scores_, &RunScores::failed, this, [this](const QString& sentence) {
        failure_ = sentence;
        show_state();
    });
    connect(&context_.dynamics(), &DynamicsReader::changed, this, &DynamicsPanel::show_state);
    const auto take_window = [this] {
        if (isVisible())
            shown_view()->take_window();
    };
    connect(&context_, &PanelContext::place_changed, this, [this, take_window] {
        follow();
        take_window();
    });
    connect(&context_, &PanelContext::selection_changed, this, take_window);
    connect(&context_, &PanelContext::theme_changed, this, take_window);
    connect(&context_, &PanelContext::run_grown, this, [this] {
        if (!growth_.isActive())
            growth_.start();
    });
    show_state();
}

// The views look at the scores until they are gone.
DynamicsPanel::~DynamicsPanel()
{
    delete stack_;
}

void DynamicsPanel::add_view(const QString& title, const QString& help, DynamicsView* view)
{
    const int index = stack_->addWidget(view);
    tabs_->addTab(title);
    tabs_->setTabToolTip(index, help);
    QAction* chosen
        = views_->menu()->addAction(title, this, [this, index] { tabs_->setCurrentIndex(index); });
    chosen->setToolTip(help);
    connect(view, &DynamicsView::pointed_at, this, [this](const QString& sentence) {
        if (sentence.isEmpty())
            show_state();
        else
            line_->setText(sentence);
    });
}

DynamicsView* DynamicsPanel::shown_view() const
{
    return static_cast<DynamicsView*>(stack_->currentWidget());
}

void DynamicsPanel::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    // A tab that was chosen while the bar was hidden, or wider, comes into sight: the bar scrolls
    // to it only when something about its tabs changes.
    QTimer::singleShot(0, tabs_, [this] {
        tabs_->setTabText(tabs_->currentIndex(), tabs_->tabText(tabs_->currentIndex()));
    });
    follow();
    show_view(tabs_->currentIndex());
}

void DynamicsPanel::follow()
{
    if (!isVisible())
        return;
    const std::optional<ShownPlace> place = context_.place();
    const int before = scores_.generation();
    scores_.follow(place ? place->file : QString(), place ? context_.run() : nullptr);
    if (scores_.generation() != before)
        failure_.clear();
    scores_.want();
    show_state();
}

void DynamicsPanel::show_view(int index)
{
    stack_->setCurrentIndex(index);
    if (!isVisible())
        return;
    shown_view()->take_run();
    shown_view()->take_window();
    show_state();
}

void DynamicsPanel::show_state()
{
    const auto all = static_cast<int>(scores_.records().size());
    const QString failure
        = failure_.isEmpty() ? context_.dynamics().known(scores_.graph()).failure : failure_;
    line_->setText(!failure.isEmpty() ? failure
            : all == 0                ? tr("No circuit yet: open an experiment, or run the demo.")
            : !scores_.complete()
            ? tr("Reading: %1 of %2 iterations").arg(scores_.iterations()).arg(all)
            : tr("%n iteration(s)", nullptr, static_cast<int>(all)));
}

} // namespace circuitloom::ui

#include "ui/dynamics/alluvial_view.h"

#include "ui/base/flow_layout.h"
#include "ui/dynamics/item_step.h"
#include "ui/dynamics/view_canvas.h"

#include <QComboBox>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QRegularExpression>
#include <QRegularExpressionValidator>
#include <QVBoxLayout>

#include <algorithm>
#include <set>

namespace circuitloom::ui {

namespace {

constexpr int first_moments = 5;
constexpr std::size_t most_moments = 12;

} // namespace

AlluvialView::AlluvialView(PanelContext& context, RunScores& scores, QWidget* parent)
    : DynamicsView(context, scores, parent)
    , groups_(new QComboBox(this))
    , moments_(new QLineEdit(this))
{
    groups_->setObjectName(QStringLiteral("alluvialGroups"));
    groups_->setAccessibleName(tr("Groups of edges"));
    groups_->addItems({ tr("by the layer that writes"), tr("by the layer that reads"),
        tr("by the selected nodes") });
    moments_->setObjectName(QStringLiteral("alluvialMoments"));
    moments_->setAccessibleName(tr("Iterations, separated by commas"));
    moments_->setToolTip(tr("Iterations, separated by commas; empty for %1 spread over the run")
                             .arg(first_moments));
    moments_->setValidator(new QRegularExpressionValidator(
        QRegularExpression(QStringLiteral("[0-9]{0,9}([ ,]+[0-9]{1,9}){0,40}[ ,]*")), moments_));
    canvas_ = new ViewCanvas(
        { [this](QPainter& painter) { paint(painter); },
            [this](const QPointF& point) {
                if (Found found = at(point); found.iteration >= 0)
                    go_to(found.iteration, std::move(found.edges));
            },
            [this](const QPointF& point) { Q_EMIT pointed_at(at(point).text); },
            [this] { Q_EMIT pointed_at({}); },
            [this](const QKeyEvent& event) { return key(event); } },
        { [this] { return static_cast<int>(flow_.blocks.size() + flow_.ribbons.size()); },
            [this](int number) { return found_number(number).text; },
            [this](int number) {
                const auto place = static_cast<std::size_t>(number);
                return place < flow_.blocks.size()
                    ? rect_of(flow_.blocks[place])
                    : path_of(flow_.ribbons.at(place - flow_.blocks.size())).boundingRect();
            } },
        this);
    canvas_->setObjectName(QStringLiteral("alluvialCanvas"));
    canvas_->setAccessibleName(tr("Edges that stayed, left and came between iterations"));
    auto* controls = new QWidget(this);
    auto* top = new FlowLayout(controls);
    top->setContentsMargins(0, 0, 0, 0);
    auto* label = new QLabel(tr("At iterations"), this);
    label->setBuddy(moments_);
    top->addWidget(groups_);
    top->addWidget(label);
    top->addWidget(moments_);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(6);
    column->addWidget(controls);
    column->addWidget(canvas_, 1);
    connect(groups_, &QComboBox::currentIndexChanged, this, &AlluvialView::compute);
    connect(moments_, &QLineEdit::textEdited, this, [this] { moments_typed_ = true; });
    connect(moments_, &QLineEdit::editingFinished, this, &AlluvialView::compute);
}

AlluvialView::Grouping AlluvialView::grouping() const
{
    return static_cast<Grouping>(groups_->currentIndex());
}

void AlluvialView::take_run()
{
    if (generation_ != scores().generation()) {
        generation_ = scores().generation();
        moments_typed_ = false;
        current_ = -1;
    }
    compute();
}

void AlluvialView::take_window()
{
    canvas_->set_focus_color(theme().accent);
    if (grouping() == Grouping::selected_nodes)
        compute();
}

std::vector<int> AlluvialView::chosen_moments() const
{
    const int count = scores().iterations();
    std::set<int> chosen;
    if (moments_typed_)
        for (const QString& number :
            moments_->text().split(QRegularExpression(QStringLiteral("[ ,]+")), Qt::SkipEmptyParts))
            if (const int iteration = number.toInt(); iteration < count && chosen.size() < most_moments)
                chosen.insert(iteration);
    if (chosen.empty() && count > 0)
        for (int i = 0; i < first_moments; ++i)
            chosen.insert(static_cast<int>(
                static_cast<std::int64_t>(i) * (count - 1) / (first_moments - 1)));
    return { chosen.begin(), chosen.end() };
}

void AlluvialView::compute()
{
    const auto graph = scores().graph();
    const std::vector<int> moments = graph ? chosen_moments() : std::vector<int>();
    names_.clear();
    std::vector<ComponentId> nodes;
    const int layers = graph ? graph->shape().layers : 0;
    switch (grouping()) {
    case Grouping::writing_layer:
        names_.push_back(tr("input"));
        break;
    case Grouping::selected_nodes:
        for (const NodeId node : context().selection().nodes)
            if (graph)
                nodes.push_back(scores().components()->of(node));
        std::ranges::sort(nodes);
        nodes.erase(std::ranges::unique(nodes).begin(), nodes.end());
        names_.push_back(tr("others"));
        for (const ComponentId node : nodes)
            names_.push_back(scores().node_name(node));
        break;
    case Grouping::reading_layer:
        break;
    }
    if (grouping() != Grouping::selected_nodes)
        for (int layer = 0; layer < layers; ++layer)
            names_.push_back(tr("layer %1").arg(layer));
    if (grouping() == Grouping::reading_layer)
        names_.push_back(tr("logits"));
    const auto group_of = [&](EdgeId id) {
        const Edge& edge = graph->edge(id);
        if (grouping() == Grouping::writing_layer)
            return graph->node(edge.source).layer + 1;
        if (grouping() == Grouping::reading_layer)
            return graph->node(edge.target).kind == NodeKind::logits ? layers
                                                                     : graph->node(edge.target).layer;
        // Of two chosen ends the one that reads.
        for (const NodeId end : { edge.target, edge.source }) {
            const auto found = std::ranges::lower_bound(nodes, scores().components()->of(end));
            if (found != nodes.end() && *found == scores().components()->of(end))
                return static_cast<int>(found - nodes.begin()) + 1;
        }
        return 0;
    };
    flow_ = alluvial_flow(scores().edges(), moments, static_cast<int>(names_.size()), group_of);
    if (!moments_typed_) {
        QStringList texts;
        for (const int moment : moments)
            texts << QString::number(moment);
        moments_->setText(texts.join(QStringLiteral(", ")));
        moments_->setCursorPosition(0); // its beginning is seen where it is too long
    }
    canvas_->update();
}

QString AlluvialView::group_name(int group) const
{
    return group == AlluvialFlow::out ? tr("out") : names_[static_cast<std::size_t>(group)];
}

AlluvialView::Found AlluvialView::found_block(const AlluvialFlow::Block& block) const
{
    const int iteration = flow_.moments[block.moment];
    return { iteration, block.edges,
        tr("%1 at %2: %n edge(s)", nullptr, static_cast<int>(block.edges.size()))
            .arg(group_name(block.group), moment_text(iteration)) };
}

AlluvialView::Found AlluvialView::found_ribbon(const AlluvialFlow::Ribbon& ribbon) const
{
    const int from = flow_.moments[ribbon.moment];
    const int to = flow_.moments[ribbon.moment + 1];
    const bool entered = ribbon.from == AlluvialFlow::out;
    const bool left = ribbon.to == AlluvialFlow::out;
    const int edges = static_cast<int>(ribbon.edges.size());
    const QString what = entered
        ? tr("%1: %n edge(s) entered, iterations %2 and %3", nullptr, edges)
        : left ? tr("%1: %n edge(s) left, iterations %2 and %3", nullptr, edges)
               : tr("%1: %n edge(s) is/are in at both, iterations %2 and %3", nullptr, edges);
    return { left ? from : to, ribbon.edges,
        what.arg(group_name(entered ? ribbon.to : ribbon.from)).arg(from).arg(to) };
}

AlluvialView::Found AlluvialView::at(const QPointF& point) const
{
    for (const AlluvialFlow::Block& block : flow_.blocks)
        if (rect_of(block).contains(point))
            return found_block(block);
    for (const AlluvialFlow::Ribbon& ribbon : flow_.ribbons)
        if (path_of(ribbon).contains(point))
            return found_ribbon(ribbon);
    return {};
}

AlluvialView::Found AlluvialView::found_number(int number) const
{
    const auto place = static_cast<std::size_t>(number);
    return place < flow_.blocks.size() ? found_block(flow_.blocks[place])
                                       : found_ribbon(flow_.ribbons[place - flow_.blocks.size()]);
}

bool AlluvialView::key(const QKeyEvent& event)
{
    const auto step = item_step(
        event, current_, static_cast<int>(flow_.blocks.size() + flow_.ribbons.size()));
    if (!step)
        return false;
    current_ = step->item;
    Found found = found_number(current_);
    Q_EMIT pointed_at(found.text);
    if (step->opens)
        go_to(found.iteration, std::move(found.edges));
    canvas_->update();
    return true;
}

} // namespace circuitloom::ui

#include "ui/dynamics/flow_view.h"

#include "core/base/number_text.h"
#include "ui/base/flow_layout.h"
#include "ui/base/measure_text.h"
#include "ui/dynamics/color_key.h"
#include "ui/dynamics/item_step.h"
#include "ui/dynamics/view_canvas.h"
#include "ui/theme/color_mix.h"

#include <QKeyEvent>
#include <QLabel>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>
#include <functional>
#include <utility>

namespace circuitloom::ui {

namespace {

QString share_text(double share)
{
    return QString::fromStdString(percent(share, 1));
}

} // namespace

QString FlowView::points_text(double difference)
{
    return signed_number(100 * difference, 1);
}

FlowView::FlowView(PanelContext& context, RunScores& scores, QWidget* parent)
    : DynamicsView(context, scores, parent)
    , from_(new QSpinBox(this))
    , key_(new ColorKey(this))
    , difference_key_(new ColorKey(this))
{
    from_->setObjectName(QStringLiteral("flowStart"));
    from_->setAccessibleName(tr("Iteration to start from"));
    from_->setToolTip(tr("The iteration that the one shown is compared with"));
    from_->setKeyboardTracking(false);
    canvas_ = new ViewCanvas(
        { [this](QPainter& painter) { paint(painter); },
            [this](const QPointF& point) {
                if (const auto cell = cell_at(point))
                    go_to_cell(*cell);
            },
            [this](const QPointF& point) {
                const auto cell = cell_at(point);
                Q_EMIT pointed_at(cell ? cell_text(*cell) : QString());
            },
            [this] { Q_EMIT pointed_at({}); },
            [this](const QKeyEvent& event) { return key(event); } },
        { [this] { return static_cast<int>(walk().size()); },
            [this](int place) { return cell_text(walk().at(static_cast<std::size_t>(place))); },
            [this](int place) { return cell_rect(walk().at(static_cast<std::size_t>(place))); } },
        this);
    canvas_->setObjectName(QStringLiteral("flowCanvas"));
    canvas_->setAccessibleName(tr("Strength from layer to layer"));
    auto* controls = new QWidget(this);
    auto* top = new FlowLayout(controls);
    top->setContentsMargins(0, 0, 0, 0);
    auto* label = new QLabel(tr("From iteration"), this);
    label->setBuddy(from_);
    top->addWidget(label);
    top->addWidget(from_);
    top->addWidget(key_);
    top->addWidget(difference_key_);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(6);
    column->addWidget(controls);
    column->addWidget(canvas_, 1);
    connect(from_, &QSpinBox::valueChanged, this, &FlowView::compute);
}

void FlowView::take_run()
{
    if (std::exchange(generation_, scores().generation()) != scores().generation())
        current_.reset(); // a cell of another run, of another graph perhaps
    const QSignalBlocker quiet(from_);
    from_->setRange(0, std::max(0, scores().iterations() - 1));
    compute();
}

void FlowView::take_window()
{
    compute();
}

int FlowView::iteration_of(int matrix) const
{
    return matrix == start ? from_->value() : shown_iteration();
}

void FlowView::compute()
{
    const auto& graph = scores().graph();
    for (const int matrix : { start, now }) {
        LayerFlow flow(graph ? graph->shape().layers : 0);
        Circuit circuit;
        for (const RowScore& row : rows_at(scores().edges(), iteration_of(matrix)))
            circuit.push_back({ { row.row }, row.score });
        if (graph)
            flow.add(*graph, circuit);
        flows_[static_cast<std::size_t>(matrix)] = flow;
    }
    greatest_share_ = greatest_difference_ = 0;
    for (int source = 0; source < side(); ++source)
        for (int target = 0; target < side(); ++target) {
            greatest_share_ = std::max(
                { greatest_share_, value(start, source, target), value(now, source, target) });
            greatest_difference_
                = std::max(greatest_difference_, std::abs(value(difference, source, target)));
        }
    key_->set_content({ tr("0 %"), share_text(greatest_share_),
                          [this](double share) { return color_of(now, share * greatest_share_); },
                          {}, {} },
        theme());
    difference_key_->set_content(
        { points_text(-greatest_difference_), points_text(greatest_difference_) + tr(" points"),
            [this](double share) {
                return color_of(difference, (2 * share - 1) * greatest_difference_);
            },
            {}, {} },
        theme());
    canvas_->set_focus_color(theme().accent);
}

double FlowView::value(int matrix, int source, int target) const
{
    if (matrix == difference)
        return value(now, source, target) - value(start, source, target);
    return flows_[static_cast<std::size_t>(matrix)].share(source, target);
}

QColor FlowView::color_of(int matrix, double value) const
{
    const double greatest = matrix == difference ? greatest_difference_ : greatest_share_;
    const double share = greatest > 0 ? std::abs(value) / greatest : 0;
    const QColor& full = matrix != difference ? theme().accent
        : value < 0                           ? theme().negative
                                              : theme().positive;
    return mixed(theme().window, full, share);
}

std::optional<FlowView::Cell> FlowView::cell_at(const QPointF& point) const
{
    if (flows_[start].layers() == 0)
        return std::nullopt;
    for (const int matrix : { start, now, difference }) {
        const QRectF where = matrix_rect(matrix);
        if (!where.contains(point))
            continue;
        const auto place = [&](double share) {
            return std::clamp(static_cast<int>(share * side()), 0, side() - 1);
        };
        return Cell{ matrix, place((point.y() - where.top()) / where.height()),
            place((point.x() - where.left()) / where.width()) };
    }
    return std::nullopt;
}

QRectF FlowView::cell_rect(const Cell& cell) const
{
    const QRectF where = matrix_rect(cell.matrix);
    const QSizeF size = where.size() / side();
    return { where.topLeft() + QPointF(cell.target * size.width(), cell.source * size.height()),
        size };
}

std::vector<FlowView::Cell> FlowView::walk() const
{
    std::vector<Cell> cells;
    for (int source = 0; source < side(); ++source)
        for (int target = 0; target < side(); ++target)
            if (value(start, source, target) > 0 || value(now, source, target) > 0)
                cells.push_back({ now, source, target });
    std::ranges::stable_sort(cells, std::greater{},
        [this](const Cell& cell) { return value(now, cell.source, cell.target); });
    return cells;
}

bool FlowView::key(const QKeyEvent& event)
{
    const std::vector<Cell> cells = walk();
    const auto found = std::ranges::find_if(cells, [this](const Cell& cell) {
        return current_ && cell.source == current_->source && cell.target == current_->target;
    });
    const auto step = item_step(event,
        found == cells.end() ? -1 : static_cast<int>(found - cells.begin()),
        static_cast<int>(cells.size()));
    if (!step)
        return false;
    current_ = cells[static_cast<std::size_t>(step->item)];
    Q_EMIT pointed_at(cell_text(*current_));
    if (step->opens)
        go_to_cell(*current_);
    canvas_->update();
    return true;
}

QString FlowView::source_name(int source) const
{
    return source == 0 ? tr("input") : QString::number(source - 1);
}

QString FlowView::target_name(int target) const
{
    return target == side() - 1 ? tr("logits") : QString::number(target);
}

QString FlowView::cell_text(const Cell& cell) const
{
    const auto named = [](const QString& name, bool layer) {
        return layer ? tr("layer %1").arg(name) : name;
    };
    const QString pair = tr("%1 to %2").arg(named(source_name(cell.source), cell.source > 0),
        named(target_name(cell.target), cell.target < side() - 1));
    return tr("%1 · %2 of the strength at %3, %4 at %5 (%6 points)")
        .arg(pair, share_text(value(start, cell.source, cell.target)), moment_text(iteration_of(start)),
            share_text(value(now, cell.source, cell.target)), moment_text(iteration_of(now)),
            points_text(value(difference, cell.source, cell.target)));
}

void FlowView::go_to_cell(const Cell& cell)
{
    const ComputationalGraph& graph = *scores().graph();
    const auto in_cell = [&](const Edge& edge) {
        const Node& target = graph.node(edge.target);
        return graph.node(edge.source).layer + 1 == cell.source
            && (target.kind == NodeKind::logits ? side() - 1 : target.layer) == cell.target;
    };
    std::vector<EdgeId> edges;
    for (const int matrix : { start, now })
        if (cell.matrix == matrix || cell.matrix == difference)
            for (const RowScore& row : rows_at(scores().edges(), iteration_of(matrix)))
                if (in_cell(graph.edge({ row.row }))
                    && std::ranges::find(edges, EdgeId{ row.row }) == edges.end())
                    edges.push_back({ row.row });
    go_to(iteration_of(cell.matrix == start ? start : now), std::move(edges));
}

} // namespace circuitloom::ui

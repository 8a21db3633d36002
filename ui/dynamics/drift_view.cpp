#include "ui/dynamics/drift_view.h"

#include "ui/base/flow_layout.h"
#include "ui/dynamics/color_key.h"
#include "ui/dynamics/view_canvas.h"
#include "ui/theme/color_mix.h"

#include <QKeyEvent>
#include <QLabel>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <numeric>

namespace circuitloom::ui {

namespace {

using Kind = ParameterPart::Kind;

constexpr double faintest = 0.1; // share of the colour that the least that moved has

// What moved away from zeros moved infinitely far.
double rank_of(const Moved& moved)
{
    return moved.relative().value_or(std::numeric_limits<double>::infinity());
}

} // namespace

DriftView::DriftView(PanelContext& context, RunScores& scores, QWidget* parent)
    : DynamicsView(context, scores, parent)
    , drift_(context, QStringLiteral("dynamics, drift"), this)
    , key_(new ColorKey(this))
    , state_(new QLabel(this))
{
    canvas_ = new ViewCanvas(
        { [this](QPainter& painter) { paint(painter); },
            [this](const QPointF& point) {
                if (const auto part = part_at(point))
                    select(*part);
            },
            [this](const QPointF& point) {
                const auto part = part_at(point);
                Q_EMIT pointed_at(part ? part_text(*part) : QString());
            },
            [this] { Q_EMIT pointed_at({}); },
            [this](const QKeyEvent& event) { return key(event); } },
        { [this] { return static_cast<int>(by_distance().size()); },
            [this](int place) { return part_text(part_of(place)); },
            [this](int place) {
                const QRectF where = map_rect();
                return map_.cell(part_of(place), where.size()).translated(where.topLeft());
            } },
        this);
    canvas_->setObjectName(QStringLiteral("driftCanvas"));
    canvas_->setAccessibleName(tr("How far each part of the model has moved"));
    state_->setObjectName(QStringLiteral("driftState"));
    state_->setProperty("dim", true);
    state_->setTextFormat(Qt::PlainText); // words from files come through it
    state_->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    state_->setWordWrap(true);
    auto* controls = new QWidget(this);
    auto* top = new FlowLayout(controls);
    top->setContentsMargins(0, 0, 0, 0);
    top->addWidget(key_);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(6);
    column->addWidget(controls);
    column->addWidget(state_);
    column->addWidget(canvas_, 1);
    connect(&drift_, &ShownDrift::changed, this, &DriftView::show_answer);
    connect(&drift_, &ShownDrift::failed, this, &DriftView::show_answer);
    connect(&drift_, &ShownDrift::progressed, this, &DriftView::say);
}

void DriftView::take_run() { }

void DriftView::take_window()
{
    const std::optional<ShownPlace> place = context().place();
    if (place && isVisible())
        drift_.want(*place);
    if (!place)
        drift_.drop();
    show_answer();
}

void DriftView::hideEvent(QHideEvent* event)
{
    DynamicsView::hideEvent(event);
    drift_.drop();
}

void DriftView::show_answer()
{
    const DriftAnswer* answer = drift_.known();
    map_ = answer ? DriftMap(answer->parts) : DriftMap();
    if (!answer || current_ >= answer->parts.size())
        current_.reset();
    greatest_ = 0;
    QStringList farthest;
    if (answer) {
        for (const MovedPart& part : answer->parts)
            greatest_ = std::max(greatest_, part.moved.relative().value_or(0));
        for (const std::size_t part : by_distance())
            if (farthest.size() < 5 && answer->parts[part].moved.distance > 0)
                farthest << part_text(part);
    }
    const bool from_zeros = answer && std::ranges::any_of(answer->parts, [](const MovedPart& part) {
        return !part.moved.relative();
    });
    key_->set_content({ tr("0, not moved"), drift_text({ greatest_, 1 }),
                          [this](double share) {
                              return color_of({ share * share * greatest_, 1 });
                          },
                          from_zeros ? tr("moved away from zeros") : QString(),
                          color_of({ 1, 0 }) },
        theme());
    say(!drift_.failure().isEmpty()                           ? drift_.failure()
            : answer && drift_.iteration() == shown_iteration() ? QString()
                                                                : tr("asking the model"));
    canvas_->setAccessibleDescription(
        answer ? state_->text() + QStringLiteral(". ")
                + (farthest.isEmpty() ? tr("Nothing moved.")
                                      : tr("Farthest: %1").arg(farthest.join(QStringLiteral("; "))))
               : state_->text());
    canvas_->set_focus_color(theme().accent);
    canvas_->update();
}

void DriftView::say(const QString& awaited)
{
    const DriftAnswer* answer = drift_.known();
    QString text;
    if (answer)
        text = tr("Iteration %1, after step %2: all parameters together moved by %3 of their norm "
                  "at the start")
                   .arg(drift_.iteration())
                   .arg(answer->model.step)
                   .arg(drift_text(answer->whole));
    if (!awaited.isEmpty())
        text += (text.isEmpty() ? QString() : QStringLiteral(" · ")) + awaited;
    state_->setText(shown_iteration() < 0 ? QString() : text);
}

QColor DriftView::color_of(const Moved& moved) const
{
    const std::optional<double> relative = moved.relative();
    if (!relative)
        return theme().negative;
    if (*relative == 0 || greatest_ == 0)
        return theme().window;
    // By the root, so that parts that moved little can be told apart.
    const double share = std::sqrt(std::min(1.0, *relative / greatest_));
    return mixed(theme().window, theme().accent, faintest + (1 - faintest) * share);
}

std::optional<std::size_t> DriftView::part_at(const QPointF& point) const
{
    const QRectF where = map_rect();
    return map_.at(point - where.topLeft(), where.size());
}

std::vector<std::size_t> DriftView::by_distance() const
{
    const DriftAnswer* answer = drift_.known();
    std::vector<std::size_t> order(answer ? answer->parts.size() : 0);
    std::iota(order.begin(), order.end(), std::size_t{ 0 });
    std::ranges::stable_sort(order, std::greater{},
        [answer](std::size_t part) { return rank_of(answer->parts[part].moved); });
    return order;
}

std::size_t DriftView::part_of(int place) const
{
    return by_distance().at(static_cast<std::size_t>(place));
}

bool DriftView::key(const QKeyEvent& event)
{
    const bool enters = event.key() == Qt::Key_Return || event.key() == Qt::Key_Enter;
    if (enters && current_)
        select(*current_);
    if (event.key() != Qt::Key_Up && event.key() != Qt::Key_Down)
        return enters;
    const std::vector<std::size_t> order = by_distance();
    if (order.empty())
        return true;
    const auto found = current_ ? std::ranges::find(order, *current_) : order.end();
    const std::ptrdiff_t place = found == order.end()
        ? 0
        : found - order.begin() + (event.key() == Qt::Key_Down ? 1 : -1);
    current_ = order[static_cast<std::size_t>(
        std::clamp<std::ptrdiff_t>(place, 0, std::ssize(order) - 1))];
    Q_EMIT pointed_at(part_text(*current_));
    canvas_->update();
    return true;
}

void DriftView::select(std::size_t part)
{
    const std::optional<ShownPlace> place = context().place();
    const DriftAnswer* answer = drift_.known();
    if (!place || !place->graph || !answer)
        return;
    std::vector<NodeId> nodes = nodes_with(*place->graph, answer->parts.at(part).part);
    std::ranges::sort(nodes);
    if (!nodes.empty())
        context().select({ std::move(nodes), {} });
}

bool DriftView::is_selected(std::size_t part) const
{
    const std::optional<ShownPlace> place = context().place();
    const DriftAnswer* answer = drift_.known();
    if (!place || !place->graph || !answer)
        return false;
    const GraphChoice choice = context().selection();
    return std::ranges::any_of(
        nodes_with(*place->graph, answer->parts.at(part).part), [&choice](NodeId node) {
            return std::ranges::find(choice.nodes, node) != choice.nodes.end();
        });
}

QString DriftView::part_text(std::size_t index) const
{
    const DriftAnswer* answer = drift_.known();
    if (!answer)
        return {};
    const auto& [part, moved] = answer->parts.at(index);
    const QString name = part.kind == Kind::shared
        ? tr("norms and shared biases of layer %1").arg(part.layer)
        : part.kind == Kind::embedding   ? tr("embedding")
        : part.kind == Kind::unembedding ? tr("final norm and unembedding")
        : part.kind == Kind::mlp
        ? QString::fromStdString(parameter_part_name(part))
        : tr("%1 of %2")
              .arg(section_name(part.kind), QString::fromStdString(parameter_part_name(part)));
    if (moved.distance == 0)
        return tr("%1 · has not moved").arg(name);
    return tr("%1 · moved by %2 · distance %3 from a norm of %4")
        .arg(name, drift_text(moved), QString::number(moved.distance, 'g', 3),
            QString::number(moved.before, 'g', 4));
}

QString DriftView::section_name(Kind kind) const
{
    switch (kind) {
    case Kind::query:
        return tr("query");
    case Kind::key:
        return tr("key");
    case Kind::value:
        return tr("value");
    case Kind::output:
        return tr("output");
    case Kind::mlp:
        return tr("MLP");
    default:
        return tr("rest");
    }
}

} // namespace circuitloom::ui

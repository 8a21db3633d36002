#include "ui/inspector/attention_grid.h"

#include "ui/theme/color_mix.h"
#include "ui/theme/scaled_font.h"

#include <QHelpEvent>
#include <QImage>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>
#include <cmath>

namespace circuitloom::ui {

namespace {

constexpr int side = 16;
constexpr int map_size = 56;
constexpr int name_height = 16;
constexpr int gap = 8;

} // namespace

std::vector<Node> heads_of_circuit(
    const std::vector<CircuitEdge>& circuit, const ComputationalGraph& graph, std::size_t most)
{
    std::vector<Node> heads;
    const auto add = [&](const Node& node) {
        // Shared keys and values belong to several heads; their queries say which.
        if (node.kind != NodeKind::head && node.kind != NodeKind::query)
            return;
        const Node head{ NodeKind::head, node.layer, node.index };
        if (heads.size() < most && std::ranges::find(heads, head) == heads.end())
            heads.push_back(head);
    };
    for (const CircuitEdge& edge : circuit) {
        add(graph.node(graph.edge(edge.edge).source));
        add(graph.node(graph.edge(edge.edge).target));
    }
    return heads;
}

AttentionGrid::AttentionGrid(PanelContext& context, QWidget* parent)
    : QWidget(parent)
    , context_(context)
    , inquiry_(context, QStringLiteral("inspector, attention of all"), this)
{
    setObjectName(QStringLiteral("attentionGrid"));
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Attention of the circuit's heads"));
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    connect(&context_, &PanelContext::theme_changed, this, qOverload<>(&QWidget::update));
}

void AttentionGrid::show_heads(const ShownPlace& place)
{
    const std::vector<Node> heads = heads_of_circuit(context_.edges(), *place.graph, most_heads);
    if (heads.empty() || context_.sentence().isEmpty()) {
        inquiry_.drop();
        heads_.clear();
        updateGeometry();
        update();
        return;
    }
    AttentionQuestion question;
    question.model = place.moment();
    question.text = context_.sentence().toStdString();
    question.heads = heads;
    inquiry_.want(question,
        { [this, heads, graph = place.graph](const Answer& answer) {
             heads_ = heads;
             graph_ = graph;
             answer_ = std::get<AttentionAnswer>(answer);
             current_ = std::min(current_, heads_.size() - 1);
             updateGeometry();
             update();
         },
            [](const QString&) {} }); // the sections about one head say what is wrong
}

int AttentionGrid::columns(int width) const
{
    return std::max(1, (width - 2 * side + gap) / (map_size + gap));
}

QRect AttentionGrid::place_of(std::size_t head) const
{
    const auto count = static_cast<std::size_t>(columns(width()));
    const auto column = static_cast<int>(head % count);
    const auto row = static_cast<int>(head / count);
    return { side + column * (map_size + gap), row * (map_size + name_height + gap), map_size,
        map_size + name_height };
}

int AttentionGrid::heightForWidth(int width) const
{
    const int count = columns(width);
    const int rows = (static_cast<int>(heads_.size()) + count - 1) / count;
    return rows * (map_size + name_height + gap);
}

QSize AttentionGrid::sizeHint() const
{
    return { 260, heightForWidth(260) };
}

void AttentionGrid::paintEvent(QPaintEvent* event)
{
    QPainter painter(this);
    const Theme& theme = context_.theme();
    painter.setFont(scaled_font(theme.font(), 0.85));
    const auto positions = static_cast<int>(answer_.tokens.size());
    for (std::size_t i = 0; i < std::min(heads_.size(), answer_.patterns.size()); ++i) {
        const QRect place = place_of(i);
        if (!event->rect().intersects(place))
            continue;
        QImage map(positions, positions, QImage::Format_RGB32);
        map.fill(theme.panel);
        for (int row = 0; row < positions; ++row)
            for (int column = 0; column <= row; ++column) {
                const auto at = static_cast<std::size_t>(row * positions + column);
                const auto weight = static_cast<double>(answer_.patterns[i].weights[at]);
                map.setPixelColor(column, row, mixed(theme.band, theme.accent, std::sqrt(weight)));
            }
        const QRect square(place.topLeft(), QSize(map_size, map_size));
        painter.drawImage(square, map);
        const bool current = hasFocus() && i == current_;
        painter.setPen(QPen(current ? theme.accent : theme.border, current ? 2 : 1));
        painter.drawRect(square);
        painter.setPen(theme.dimText);
        painter.drawText(QRect(place.left(), square.bottom() + 1, map_size, name_height),
            Qt::AlignCenter, QString::fromStdString(node_name(heads_[i])));
    }
}

std::optional<std::size_t> AttentionGrid::head_at(const QPoint& point) const
{
    for (std::size_t i = 0; i < heads_.size(); ++i)
        if (place_of(i).contains(point))
            return i;
    return std::nullopt;
}

void AttentionGrid::choose(std::size_t head)
{
    current_ = head;
    GraphChoice choice;
    for (const NodeKind kind : { NodeKind::head, NodeKind::query })
        if (const auto node
            = graph_->find_node({ kind, heads_[head].layer, heads_[head].index }))
            choice.nodes.push_back(*node);
    std::ranges::sort(choice.nodes);
    context_.select(choice);
}

void AttentionGrid::mousePressEvent(QMouseEvent* event)
{
    if (const auto head = head_at(event->pos()))
        choose(*head);
}

void AttentionGrid::keyPressEvent(QKeyEvent* event)
{
    if (heads_.empty())
        return QWidget::keyPressEvent(event);
    const int row = columns(width());
    const auto go = [this](int by) {
        current_ = static_cast<std::size_t>(std::clamp(
            static_cast<int>(current_) + by, 0, static_cast<int>(heads_.size()) - 1));
        update();
    };
    switch (event->key()) {
    case Qt::Key_Left:
        return go(-1);
    case Qt::Key_Right:
        return go(1);
    case Qt::Key_Up:
        return go(-row);
    case Qt::Key_Down:
        return go(row);
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_Space:
        return choose(current_);
    default:
        QWidget::keyPressEvent(event);
    }
}

bool AttentionGrid::event(QEvent* event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        const auto head = head_at(help->pos());
        QToolTip::showText(help->globalPos(),
            head ? tr("<span>%1 on “%2”</span>").arg(QString::fromStdString(node_name(heads_[*head])),
                       context_.sentence().toHtmlEscaped())
                 : QString(),
            this);
        return true;
    }
    return QWidget::event(event);
}

} // namespace circuitloom::ui

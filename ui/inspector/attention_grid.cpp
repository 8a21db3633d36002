#include "ui/inspector/attention_grid.h"

#include "ui/base/scrolling.h"
#include "ui/base/tip_text.h"
#include "ui/inspector/attention_image.h"
#include "ui/panels/moment_text.h"
#include "ui/theme/scaled_font.h"
#include "ui/theme/text_scale.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>

namespace circuitloom::ui {

namespace {

constexpr int side = 16;
constexpr int usual_map_size = 56; ///< which holds the name of a head below it
constexpr int name_height = 16;
constexpr int gap = 8;

int map_size()
{
    return scaled(usual_map_size);
}

} // namespace

std::vector<Node> heads_of_circuit(
    const std::vector<CircuitEdge>& circuit, const ComputationalGraph& graph)
{
    std::vector<Node> heads;
    const auto add = [&](const Node& node) {
        // Shared keys and values belong to several heads; their queries say which.
        if (node.kind != NodeKind::head && node.kind != NodeKind::query)
            return;
        const Node head{ NodeKind::head, node.layer, node.index };
        if (std::ranges::find(heads, head) == heads.end())
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
    connect(&context_, &PanelContext::theme_changed, this, &AttentionGrid::color_maps);
}

void AttentionGrid::show_heads(const ShownPlace& place, const QString& sentence, bool all)
{
    const Subject subject{ place.graph, sentence, place.iteration, all,
        all ? std::vector<Node>() : heads_of_circuit(context_.edges(), *place.graph) };
    if ((!all && subject.heads.empty()) || sentence.isEmpty()) {
        inquiry_.drop();
        wanted_.reset();
        clear();
        return;
    }
    if (subject == wanted_)
        return;
    // While the timeline moves, the maps of one iteration stay until those of the next are there.
    if (!subject.only_moved_from(shown_))
        clear();
    if (wanted_ && !subject.only_moved_from(*wanted_))
        inquiry_.drop(); // an answer to it would be of other maps
    wanted_ = subject;
    AttentionQuestion question;
    question.model = place.moment();
    question.text = sentence.toStdString();
    question.heads = subject.heads;
    inquiry_.want(question,
        { [this, subject](
              const Answer& answer) { show_maps(subject, std::get<AttentionAnswer>(answer)); },
            [this](const QString&) { clear(); },
            [this](const QString&, int, int) { Q_EMIT changed(); } });
    Q_EMIT changed();
}

void AttentionGrid::forget()
{
    inquiry_.drop();
    if (heads_.empty())
        wanted_.reset();
    else
        wanted_ = shown_;
}

void AttentionGrid::ask_again()
{
    inquiry_.ask_again();
    Q_EMIT changed();
}

void AttentionGrid::show_maps(const Subject& subject, const AttentionAnswer& answer)
{
    shown_ = subject;
    step_ = answer.model.step;
    heads_.clear();
    maps_.clear();
    for (const AttentionPattern& pattern : answer.patterns) {
        heads_.push_back(pattern.head);
        maps_.push_back(attention_image(
            pattern.weights, static_cast<int>(answer.tokens.size()), 2 * map_size()));
    }
    color_maps();
    current_ = std::min(current_, std::max<std::size_t>(1, heads_.size()) - 1);
    setAccessibleName(
        subject.all ? tr("Attention of all heads") : tr("Attention of the circuit's heads"));
    describe();
    updateGeometry();
    Q_EMIT changed();
}

QString AttentionGrid::moment() const
{
    return heads_.empty() ? QString() : moment_text(shown_.iteration, step_);
}

QString AttentionGrid::text_of(std::size_t head) const
{
    return tr("%1 on “%2”, %3")
        .arg(QString::fromStdString(node_name(heads_[head])), shown_.sentence, moment());
}

void AttentionGrid::describe()
{
    setAccessibleDescription(heads_.empty() ? QString() : text_of(current_));
}

void AttentionGrid::clear()
{
    const bool empty = heads_.empty();
    shown_ = {};
    heads_.clear();
    maps_.clear();
    current_ = 0;
    describe();
    if (!empty)
        updateGeometry();
    update();
    Q_EMIT changed();
}

void AttentionGrid::color_maps()
{
    for (QImage& map : maps_)
        set_attention_colors(map, false, context_.theme().panel, context_.theme());
    update();
}

int AttentionGrid::columns(int width) const
{
    return std::max(1, (width - 2 * side + gap) / (map_size() + gap));
}

std::size_t AttentionGrid::first_at(int y) const
{
    return static_cast<std::size_t>(
        std::max(0, y / (map_size() + scaled(name_height) + gap)) * columns(width()));
}

QRect AttentionGrid::place_of(std::size_t head) const
{
    const auto count = static_cast<std::size_t>(columns(width()));
    const auto column = static_cast<int>(head % count);
    const auto row = static_cast<int>(head / count);
    return { side + column * (map_size() + gap), row * (map_size() + scaled(name_height) + gap),
        map_size(), map_size() + scaled(name_height) };
}

int AttentionGrid::part_count() const
{
    return static_cast<int>(heads_.size());
}

QString AttentionGrid::part_text(int part) const
{
    return text_of(static_cast<std::size_t>(part));
}

QRectF AttentionGrid::part_rect(int part) const
{
    return place_of(static_cast<std::size_t>(part));
}

int AttentionGrid::heightForWidth(int width) const
{
    const int count = columns(width);
    const int rows = (static_cast<int>(heads().size()) + count - 1) / count;
    return rows * (map_size() + scaled(name_height) + gap);
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
    // Of many maps only the rows that are seen.
    const QRect& seen = event->rect();
    const std::size_t after = first_at(seen.bottom()) + static_cast<std::size_t>(columns(width()));
    for (std::size_t i = first_at(seen.top()); i < std::min(maps_.size(), after); ++i) {
        const QRect place = place_of(i);
        const QRect square(place.topLeft(), QSize(map_size(), map_size()));
        painter.drawImage(square, maps_[i]);
        const bool current = hasFocus() && i == current_;
        painter.setPen(QPen(current ? theme.accent : theme.border, current ? 2 : 1));
        painter.drawRect(square);
        painter.setPen(theme.dimText);
        painter.drawText(QRect(place.left(), square.bottom() + 1, map_size(), scaled(name_height)),
            Qt::AlignCenter, QString::fromStdString(node_name(heads()[i])));
    }
}

std::optional<std::size_t> AttentionGrid::head_at(const QPoint& point) const
{
    for (std::size_t i = 0; i < heads().size(); ++i)
        if (place_of(i).contains(point))
            return i;
    return std::nullopt;
}

void AttentionGrid::choose(std::size_t head)
{
    current_ = head;
    describe();
    GraphChoice choice;
    for (const NodeKind kind : { NodeKind::head, NodeKind::query })
        if (const auto node
            = shown_.graph->find_node({ kind, heads()[head].layer, heads()[head].index }))
            choice.nodes.push_back(*node);
    std::ranges::sort(choice.nodes);
    context_.select(choice);
}

void AttentionGrid::go_to(std::size_t head)
{
    current_ = head;
    describe();
    reveal(*this, place_of(head));
    update();
}

void AttentionGrid::mousePressEvent(QMouseEvent* event)
{
    if (const auto head = head_at(event->pos()))
        choose(*head);
}

void AttentionGrid::keyPressEvent(QKeyEvent* event)
{
    if (heads().empty())
        return QWidget::keyPressEvent(event);
    const int row = columns(width());
    const auto go = [this](int by) {
        go_to(static_cast<std::size_t>(
            std::clamp(static_cast<int>(current_) + by, 0, static_cast<int>(heads().size()) - 1)));
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
    if (event->type() == QEvent::ShortcutOverride) {
        // The window has shortcuts of the keys that go from map to map.
        const auto* key = static_cast<QKeyEvent*>(event);
        const bool plain = (key->modifiers() & ~Qt::KeypadModifier) == Qt::NoModifier;
        if (plain
            && (key->key() == Qt::Key_Left || key->key() == Qt::Key_Right
                || key->key() == Qt::Key_Space)) {
            event->accept();
            return true;
        }
    }
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        const auto head = head_at(help->pos());
        QToolTip::showText(help->globalPos(), head ? tip_text(text_of(*head)) : QString(), this);
        return true;
    }
    return QWidget::event(event);
}

} // namespace circuitloom::ui

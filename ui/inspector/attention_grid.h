#pragma once

#include "ui/panels/inquiry.h"

#include <QStringList>
#include <QWidget>

#include <vector>

namespace circuitloom::ui {

/// The attention of the circuit's heads on the sentence as small maps, the head with the strongest
/// edge first. A click, or the arrow keys and Enter, selects the head in the circuit.
class AttentionGrid : public QWidget
{
    Q_OBJECT

public:
    AttentionGrid(PanelContext& context, QWidget* parent);

    /// The heads of the circuit shown, at its iteration; at most `most_heads`.
    void show_heads(const ShownPlace& place);
    void forget() { inquiry_.drop(); }

    static constexpr std::size_t most_heads = 64;
    const std::vector<Node>& heads() const { return heads_; }
    /// Where that map is drawn.
    QRect place_of(std::size_t head) const;

    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    bool event(QEvent* event) override;

private:
    int columns(int width) const;
    void choose(std::size_t head);
    std::optional<std::size_t> head_at(const QPoint& point) const;

    PanelContext& context_;
    Inquiry inquiry_;
    std::vector<Node> heads_;
    AttentionAnswer answer_;
    std::size_t current_ = 0;
    std::shared_ptr<const ComputationalGraph> graph_;
};

/// The heads among the ends of a circuit's edges, each once, that of the strongest edge first.
std::vector<Node> heads_of_circuit(
    const std::vector<CircuitEdge>& circuit, const ComputationalGraph& graph, std::size_t most);

} // namespace circuitloom::ui

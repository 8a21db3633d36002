#pragma once

#include "ui/panels/inquiry.h"

#include <QImage>
#include <QWidget>

#include <memory>
#include <optional>
#include <vector>

namespace circuitloom::ui {

/// The attention of the circuit's heads on the sentence as small maps, the head with the strongest
/// edge first. A click, or the arrow keys and Enter, selects the head in the circuit.
class AttentionGrid : public QWidget
{
    Q_OBJECT

public:
    AttentionGrid(PanelContext& context, QWidget* parent);

    /// The heads of the circuit shown, at its iteration; at most `most_heads`. What is shown or asked
    /// already is not asked again.
    void show_heads(const ShownPlace& place);
    /// An answer that has not come is not waited for.
    void forget();
    const Inquiry& inquiry() const { return inquiry_; }
    void ask_again();

    static constexpr std::size_t most_heads = 64;
    const std::vector<Node>& heads() const { return shown_.heads; }
    /// Where that map is drawn.
    QRect place_of(std::size_t head) const;

    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;
    QSize sizeHint() const override;

Q_SIGNALS:
    /// Other maps are shown, or inquiry() has come further.
    void changed();

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    bool event(QEvent* event) override;

private:
    int columns(int width) const;
    void choose(std::size_t head);
    std::optional<std::size_t> head_at(const QPoint& point) const;

    /// What maps are of.
    struct Subject
    {
        std::shared_ptr<const ComputationalGraph> graph; ///< of the run's history, and so the run
        QString sentence;
        int iteration = -1;
        std::vector<Node> heads;
        bool operator==(const Subject&) const = default;
    };
    void show_maps(const Subject& subject, const AttentionAnswer& answer);
    void clear();
    void color_maps();

    PanelContext& context_;
    Inquiry inquiry_;
    Subject shown_; ///< its heads are those with a map
    std::optional<Subject> wanted_; ///< shown, or asked for
    std::vector<QImage> maps_; ///< of few pixels, however long the sentence is
    std::size_t current_ = 0;
};

/// The heads among the ends of a circuit's edges, each once, that of the strongest edge first.
std::vector<Node> heads_of_circuit(
    const std::vector<CircuitEdge>& circuit, const ComputationalGraph& graph, std::size_t most);

} // namespace circuitloom::ui

#pragma once

#include "ui/base/painted_parts.h"
#include "ui/panels/inquiry.h"

#include <QImage>
#include <QWidget>

#include <memory>
#include <optional>
#include <vector>

namespace circuitloom::ui {

/// The attention of the circuit's heads on a sentence as small maps, the head with the strongest edge
/// first; or of all heads, layer by layer. A click, or the arrow keys and Enter, selects the head in
/// the circuit.
class AttentionGrid : public QWidget, public PaintedParts
{
    Q_OBJECT

public:
    AttentionGrid(PanelContext& context, QWidget* parent);

    /// The heads of the circuit shown, at its iteration, or all of the model. What is shown or asked
    /// already is not asked again.
    void show_heads(const ShownPlace& place, const QString& sentence, bool all);
    /// An answer that has not come is not waited for.
    void forget();
    const Inquiry& inquiry() const { return inquiry_; }
    void ask_again();

    const std::vector<Node>& heads() const { return heads_; }
    /// Of which model the maps are; empty without maps.
    QString moment() const;
    /// Where that map is drawn.
    QRect place_of(std::size_t head) const;

    /// Its parts are the maps.
    int part_count() const override;
    QString part_text(int part) const override;
    QRectF part_rect(int part) const override;

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
    /// The map that stands first in the row there.
    std::size_t first_at(int y) const;
    void choose(std::size_t head);
    /// The arrow keys have come to that map.
    void go_to(std::size_t head);
    QString text_of(std::size_t head) const;
    /// For those who do not see it: the map that the arrow keys have come to.
    void describe();
    std::optional<std::size_t> head_at(const QPoint& point) const;

    /// What maps are of.
    struct Subject
    {
        std::shared_ptr<const ComputationalGraph> graph; ///< of the run's history, and so the run
        QString sentence;
        int iteration = -1;
        bool all = false; ///< heads of the model, rather than these
        std::vector<Node> heads;
        bool operator==(const Subject&) const = default;
        /// Of two iterations of a run, whose circuits may have other heads.
        bool only_moved_from(const Subject& other) const
        {
            return graph == other.graph && sentence == other.sentence && all == other.all;
        }
    };
    void show_maps(const Subject& subject, const AttentionAnswer& answer);
    void clear();
    void color_maps();

    PanelContext& context_;
    Inquiry inquiry_;
    Subject shown_;
    std::vector<Node> heads_; ///< with a map
    int step_ = 0; ///< of the model that the maps are of
    std::optional<Subject> wanted_; ///< shown, or asked for
    std::vector<QImage> maps_; ///< of few pixels, however long the sentence is
    std::size_t current_ = 0;
};

/// The heads among the ends of a circuit's edges, each once, that of the strongest edge first.
std::vector<Node> heads_of_circuit(
    const std::vector<CircuitEdge>& circuit, const ComputationalGraph& graph);

} // namespace circuitloom::ui

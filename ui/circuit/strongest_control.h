#pragma once

#include <QWidget>

#include <vector>

class QSlider;
class QSpinBox;

namespace circuitloom::ui {

/// How many of the strongest edges are shown: a number, and a slider whose steps grow with the
/// number, so that ten edges of a thousand can be chosen as easily as ten of fifty.
class StrongestControl : public QWidget
{
    Q_OBJECT

public:
    explicit StrongestControl(QWidget* parent = nullptr);

    /// How many edges there are to choose from, at least 1. Does not emit. A choice of more
    /// outlives a circuit of fewer.
    void set_most(int edges);
    /// 0 means all. Does not emit.
    void set_number(int edges);
    /// What is shown: at most as many as there are.
    int number() const;
    int most() const;

Q_SIGNALS:
    /// The user chose another number.
    void chosen(int edges);

protected:
    void changeEvent(QEvent* event) override;

private:
    void show_number();
    /// Room for the longest number: the style's own hint leaves out what a style sheet adds.
    void keep_room();

    QSlider* slider_;
    QSpinBox* field_;
    std::vector<int> steps_; ///< the number at each place of the slider, rising
    int wanted_ = 35; ///< 0 for all
};

/// The numbers from 1 to `most` that the slider stops at: first every one, then about one in
/// twenty of what has been reached.
std::vector<int> strongest_steps(int most);

} // namespace circuitloom::ui

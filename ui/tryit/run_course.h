#pragma once

#include "ui/panels/panel_context.h"
#include "ui/tryit/tried_text.h"

#include <QWidget>

#include <map>
#include <vector>

class QLabel;
class QPushButton;

namespace circuitloom::ui {

class PlotWidget;

/// The probability of target and alternative after a text, over the whole run: a curve that is
/// computed when the user asks for it, one iteration after another, coarse to fine. It can be
/// stopped and gone on with. Its cursor is at the iteration that is shown; a click goes to one.
class RunCourse : public QWidget
{
    Q_OBJECT

public:
    explicit RunCourse(PanelContext& context, QWidget* parent = nullptr);

    /// Another subject or run calls off what is being computed and drops the curve. Without a
    /// target nothing can be computed.
    void set_subject(const TriedText& subject);
    bool running() const { return running_; }

private:
    struct Point
    {
        int step = 0;
        std::vector<double> chances; ///< of the target and, if there is one, the alternative
    };

    void start();
    void stop(const QString& why);
    void ask_next();
    void take(int iteration, const NextTokenAnswer& answer);
    void follow_place();
    void clear();
    void show_curve();
    void show_state(const QString& sentence = {});
    void go_to_step(double step);

    PanelContext& context_;
    TriedText subject_;
    std::optional<ShownPlace> of_; ///< the run that the points are of
    QPushButton* button_;
    QLabel* state_;
    PlotWidget* plot_;
    std::map<int, Point> points_; ///< by iteration
    std::vector<int> order_; ///< of the iterations
    bool running_ = false;
    double last_step_ = 0; ///< of the curve's axis
};

} // namespace circuitloom::ui

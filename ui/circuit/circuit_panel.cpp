#include "ui/circuit/circuit_panel.h"

#include "ui/theme/icons.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPropertyAnimation>
#include <QSignalBlocker>
#include <QSlider>
#include <QStyle>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace circuitloom::ui {

namespace {

enum class ColorChoice
{
    since_previous,
    since_start,
    since_chosen,
    sign,
    kind,
    age,
    single
};

ColorMode mode_of(ColorChoice choice)
{
    switch (choice) {
    case ColorChoice::sign:
        return ColorMode::sign;
    case ColorChoice::kind:
        return ColorMode::kind;
    case ColorChoice::age:
        return ColorMode::age;
    case ColorChoice::single:
        return ColorMode::single;
    default:
        return ColorMode::change;
    }
}

QString percent(double ratio)
{
    const double value = ratio * 100;
    const int digits = value > 0 && value < 9.95 ? (value < 0.1 ? 2 : 1) : 0;
    return QString::number(value, 'f', digits) % QStringLiteral(" %");
}

QLabel* dim_label(const QString& text, QWidget* parent)
{
    auto* label = new QLabel(text, parent);
    label->setProperty("dim", true);
    return label;
}

void add_choice(QComboBox* box, const char* text, ColorChoice choice)
{
    box->addItem(QString::fromUtf8(text), static_cast<int>(choice));
}

} // namespace

CircuitPanel::CircuitPanel(QWidget* parent)
    : QWidget(parent)
    , view_(new CircuitView(this))
    , color_(new QComboBox(this))
    , strongest_(new QSlider(Qt::Horizontal, this))
    , summary_(new QLabel(this))
    , search_(new QLineEdit(this))
    , fit_(new QToolButton(this))
{
    add_choice(color_, "change since previous", ColorChoice::since_previous);
    add_choice(color_, "change since start", ColorChoice::since_start);
    add_choice(color_, "change since iteration 0", ColorChoice::since_chosen);
    add_choice(color_, "sign of the score", ColorChoice::sign);
    add_choice(color_, "query, key, value", ColorChoice::kind);
    add_choice(color_, "age in the circuit", ColorChoice::age);
    add_choice(color_, "one colour", ColorChoice::single);
    color_->setToolTip(QStringLiteral("What the edges' colours say"));
    color_->setAccessibleName(QStringLiteral("Colour"));

    strongest_->setRange(1, 35);
    strongest_->setValue(wanted_);
    strongest_->setFixedWidth(110);
    strongest_->setToolTip(QStringLiteral("Show only the edges with the largest |score|"));
    strongest_->setAccessibleName(QStringLiteral("Strongest edges"));

    search_->setPlaceholderText(QStringLiteral("a2.h5"));
    search_->addAction(icon(QStringLiteral("search")), QLineEdit::TrailingPosition);
    search_->setMinimumWidth(70);
    search_->setMaximumWidth(120);
    search_->setToolTip(QStringLiteral("Find a node (a2.h5, m0.g3) or an edge (m0->a2.h5<q>)"));
    search_->setAccessibleName(QStringLiteral("Find a node or an edge"));

    fit_->setIcon(icon(QStringLiteral("fit")));
    fit_->setToolTip(QStringLiteral("Show everything (F)"));
    fit_->setAccessibleName(QStringLiteral("Show everything"));
    fit_->setProperty("flat", true);

    summary_->setMinimumWidth(60);
    summary_->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);

    auto* bar = new QHBoxLayout;
    bar->setContentsMargins(16, 8, 16, 8);
    bar->setSpacing(10);
    bar->addWidget(dim_label(QStringLiteral("Colour"), this));
    bar->addWidget(color_);
    bar->addSpacing(8);
    bar->addWidget(dim_label(QStringLiteral("Strongest"), this));
    bar->addWidget(strongest_);
    bar->addWidget(summary_, 1);
    bar->addWidget(search_);
    bar->addWidget(fit_);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(bar);
    column->addWidget(view_, 1);

    connect(color_, &QComboBox::currentIndexChanged, this, [this] {
        show_colors(true);
        if (shows_age())
            Q_EMIT ages_wanted();
    });
    connect(strongest_, &QSlider::valueChanged, this, &CircuitPanel::apply_strongest);
    connect(search_, &QLineEdit::returnPressed, this, &CircuitPanel::search);
    connect(search_, &QLineEdit::textEdited, this, [this] { set_search_state(true); });
    connect(fit_, &QToolButton::clicked, view_, &CircuitView::fit);
    connect(view_, &CircuitView::selection_changed, this, [this](const QString& name) {
        search_->setText(name);
        search_->setCursorPosition(0);
        set_search_state(true);
    });
}

void CircuitPanel::set_graph(std::shared_ptr<const ComputationalGraph> graph)
{
    has_iteration_ = false;
    shown_ = {};
    view_->set_graph(std::move(graph));
    update_summary();
}

void CircuitPanel::show_iteration(ShownIteration iteration, bool animate)
{
    shown_ = std::move(iteration);
    has_iteration_ = true;
    {
        const QSignalBlocker quiet(strongest_);
        const int most = std::max(1, static_cast<int>(shown_.now.size()));
        strongest_->setRange(1, most);
        strongest_->setPageStep(std::max(1, most / 10));
        strongest_->setValue(std::min(wanted_, most));
    }
    show_colors(animate);
    update_summary();
}

void CircuitPanel::clear(const QString& placeholder)
{
    set_graph(nullptr);
    view_->set_placeholder(placeholder);
}

void CircuitPanel::set_theme(const Theme& theme)
{
    view_->set_theme(theme);
}

void CircuitPanel::set_ages(std::vector<int> ages)
{
    shown_.ages = std::move(ages);
    if (shows_age())
        show_colors(true);
}

bool CircuitPanel::shows_age() const
{
    return static_cast<ColorChoice>(color_->currentData().toInt()) == ColorChoice::age;
}

void CircuitPanel::set_chosen_iteration(int iteration, bool choose)
{
    const int row = color_->findData(static_cast<int>(ColorChoice::since_chosen));
    color_->setItemText(row, QStringLiteral("change since iteration %1").arg(iteration));
    if (choose)
        color_->setCurrentIndex(row);
}

void CircuitPanel::show_colors(bool animate)
{
    const auto choice = static_cast<ColorChoice>(color_->currentData().toInt());
    Circuit reference;
    if (choice == ColorChoice::since_previous)
        reference = shown_.previous;
    else if (choice == ColorChoice::since_start)
        reference = shown_.first;
    else if (choice == ColorChoice::since_chosen)
        reference = shown_.chosen;
    view_->set_color_mode(mode_of(choice));
    view_->show_circuit(shown_.now, reference, animate, shown_.ages);
}

void CircuitPanel::apply_strongest(int n)
{
    wanted_ = n;
    view_->set_strongest(n);
    update_summary();
}

void CircuitPanel::change_strongest(int by)
{
    strongest_->setValue(strongest_->value() + by);
}

void CircuitPanel::update_summary()
{
    if (!has_iteration_) {
        summary_->clear();
        return;
    }
    const auto all = static_cast<int>(shown_.now.size());
    const QString count = QStringLiteral("%1 of %2").arg(std::min(wanted_, all)).arg(all);
    const QString share = percent(shown_.record.tunable_ratio);
    // The longest wording for which there is room.
    for (const QString& text :
        { QString(count % QStringLiteral(" edges · ") % share % QStringLiteral(" of parameters")),
            QString(count % QStringLiteral(" edges · ") % share), count }) {
        summary_->setText(text);
        if (summary_->fontMetrics().horizontalAdvance(text) <= summary_->width())
            break;
    }
    summary_->setToolTip(QStringLiteral("%1 trainable entries at step %2")
                             .arg(shown_.record.tunable_count)
                             .arg(shown_.record.step));
}

void CircuitPanel::resizeEvent(QResizeEvent*)
{
    layout()->activate();
    update_summary();
}

void CircuitPanel::search()
{
    const bool found = search_->text().trimmed().isEmpty() ? (view_->select(std::nullopt), true)
                                                           : view_->select_named(search_->text());
    set_search_state(found);
    if (found) {
        view_->setFocus();
        return;
    }
    auto* shake = new QPropertyAnimation(search_, "pos", this);
    const QPoint home = search_->pos();
    shake->setDuration(220);
    shake->setStartValue(home);
    for (const double at : { 0.2, 0.6 })
        shake->setKeyValueAt(at, home + QPoint(-5, 0));
    for (const double at : { 0.4, 0.8 })
        shake->setKeyValueAt(at, home + QPoint(5, 0));
    shake->setEndValue(home);
    shake->start(QAbstractAnimation::DeleteWhenStopped);
}

void CircuitPanel::set_search_state(bool found)
{
    search_->setProperty("invalid", !found);
    search_->style()->unpolish(search_);
    search_->style()->polish(search_);
}

} // namespace circuitloom::ui

// What CircuitPanel is made of, and what each part says about itself.
#include "ui/circuit/circuit_panel.h"
#include "ui/theme/icons.h"

#include <QAbstractItemView>
#include <QComboBox>
#include <QCompleter>
#include <QFrame>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QSlider>
#include <QStringListModel>
#include <QToolButton>
#include <QVBoxLayout>

namespace circuitloom::ui {

namespace {

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

void CircuitPanel::build()
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

    for (QPushButton* button : { lattice_, dot_ }) {
        button->setCheckable(true);
        button->setAutoExclusive(true);
        button->setProperty(
            "segment", button == lattice_ ? QStringLiteral("left") : QStringLiteral("right"));
    }
    lattice_->setChecked(true);
    lattice_->setObjectName(QStringLiteral("latticeLayout"));
    lattice_->setToolTip(QStringLiteral("Every node at its place: heads in columns, MLPs above"));
    lattice_->setAccessibleName(QStringLiteral("Lattice layout"));
    dot_->setObjectName(QStringLiteral("dotLayout"));
    dot_->setToolTip(QStringLiteral("Only the nodes of the run's circuits, in the order in which "
                                    "their edges cross least (Graphviz)"));
    dot_->setAccessibleName(QStringLiteral("Dot layout"));

    strongest_->setRange(1, 35);
    strongest_->setValue(view_->filter().strongest);
    strongest_->setFixedWidth(110);
    strongest_->setToolTip(QStringLiteral("Show only the edges with the largest |score|"));
    strongest_->setAccessibleName(QStringLiteral("Strongest edges"));

    filter_->setText(QStringLiteral("Filter"));
    filter_->setObjectName(QStringLiteral("filter"));
    filter_->setToolTip(QStringLiteral("Show only a share of the score, some kinds or layers, "
                                       "connected edges, what entered or left"));
    filter_->setAccessibleName(QStringLiteral("Filter"));
    show_all_->setText(QStringLiteral("Show all"));
    show_all_->setObjectName(QStringLiteral("showAll"));
    show_all_->setToolTip(QStringLiteral("Show what is hidden or not isolated (Shift+H)"));
    show_all_->setAccessibleName(QStringLiteral("Show all"));
    show_all_->hide();

    search_->installEventFilter(this);
    search_->setPlaceholderText(QStringLiteral("a2.h5"));
    search_->addAction(icon(QStringLiteral("search")), QLineEdit::TrailingPosition);
    search_->setMinimumWidth(70);
    search_->setMaximumWidth(140);
    search_->setToolTip(QStringLiteral("Find a node (a2.h5, m0.g3), an input of it (a2.h5<q>), an "
                                       "edge (m0->a2.h5<q>) or all edges of a node (m0->)"));
    search_->setAccessibleName(QStringLiteral("Find a node or an edge"));
    auto* completer = new QCompleter(found_, this);
    completer->setCompletionMode(QCompleter::UnfilteredPopupCompletion);
    completer->setMaxVisibleItems(12);
    completer->popup()->setMinimumWidth(220); // an edge's name is wider than the line
    search_->setCompleter(completer);

    fit_->setIcon(icon(QStringLiteral("fit")));
    fit_->setToolTip(QStringLiteral("Show everything (F)"));
    fit_->setAccessibleName(QStringLiteral("Show everything"));
    fit_->setProperty("flat", true);

    summary_->setMinimumWidth(60);
    summary_->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);

    auto* segments = new QHBoxLayout;
    segments->setSpacing(0);
    segments->addWidget(lattice_);
    segments->addWidget(dot_);
    auto* bar = new QHBoxLayout;
    bar->setContentsMargins(16, 8, 16, 8);
    bar->setSpacing(10);
    bar->addLayout(segments);
    bar->addWidget(color_);
    bar->addWidget(dim_label(QStringLiteral("Strongest"), this));
    bar->addWidget(strongest_);
    bar->addWidget(filter_);
    bar->addWidget(summary_, 1);
    bar->addWidget(show_all_);
    bar->addWidget(search_);
    bar->addWidget(fit_);

    auto* busy = new QProgressBar(progress_);
    busy->setRange(0, 0);
    busy->setTextVisible(false);
    busy->setFixedWidth(120);
    busy->setAccessibleName(QStringLiteral("Layout under way"));
    auto* cancel = new QPushButton(QStringLiteral("Cancel"), progress_);
    cancel->setObjectName(QStringLiteral("cancelLayout"));
    cancel->setToolTip(QStringLiteral("Stop Graphviz and stay with the lattice"));
    cancel->setAccessibleName(QStringLiteral("Cancel the layout"));
    connect(
        cancel, &QPushButton::clicked, this, [this] { set_layout_choice(LayoutChoice::lattice); });
    auto* line = new QHBoxLayout(progress_);
    line->setContentsMargins(12, 6, 12, 6);
    line->addWidget(progress_text_);
    line->addWidget(busy);
    line->addWidget(cancel);
    progress_->setObjectName(QStringLiteral("layoutProgress"));
    progress_->setProperty("popup", true);
    progress_->hide();

    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(bar);
    column->addWidget(view_, 1);
}

} // namespace circuitloom::ui

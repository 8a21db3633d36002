#include "ui/ablate/ablate_panel.h"

#include "core/graph/named_edges.h"
#include "ui/ablate/ablation_lists.h"
#include "ui/base/flow_layout.h"
#include "ui/base/scrolling.h"
#include "ui/panels/answer_state.h"
#include "ui/panels/count_field.h"
#include "ui/panels/figures_table.h"
#include "ui/panels/moment_text.h"
#include "ui/panels/scrolled_column.h"

#include <QKeyEvent>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QSpinBox>
#include <QVBoxLayout>

#include <algorithm>
#include <initializer_list>

namespace circuitloom::ui {

namespace {

const QString asker = QStringLiteral("ablate");
constexpr int rest = 250; ///< milliseconds without a change before the engine is asked
constexpr int most_listed = 500; ///< rows of the list
constexpr int most_draws = 50;
constexpr int most_items = 100'000;

constexpr int least_rows = 2; ///< of the list, whatever it holds
constexpr int most_rows = 6; ///< of the list that are seen together

/// Makes a list as high as its rows, within bounds: what does not fit in the panel scrolls with it.
void fit_height(QListWidget& list)
{
    const int row = list.fontMetrics().height() + 6;
    list.setFixedHeight(std::clamp(list.count(), least_rows, most_rows) * row + 8);
}

} // namespace

AblatePanel::AblatePanel(PanelContext& context, QWidget* parent)
    : QWidget(parent)
    , context_(context)
    , lists_(new AblationLists(context, this))
    , clear_(new QPushButton(tr("Switch all on"), this))
    , list_(new QListWidget(this))
    , items_(count_field(
          QStringLiteral("ablateItems"), AblationChoices().items, most_items, tr("all"), this))
    , draws_(count_field(
          QStringLiteral("ablateDraws"), AblationChoices().draws, most_draws, tr("none"), this))
    , stop_(new QPushButton(tr("Stop"), this))
    , state_(new AnswerState(this))
    , of_(new QLabel(this))
    , figures_(new FiguresTable(QStringLiteral("ablateFigures"),
          { tr("measured"), tr("change"), tr("random"), tr("whole"), tr("without"), tr("items") },
          this))
    , expected_(new QLabel(this))
    , remarks_(new QLabel(this))
{
    build();
    wait_.setSingleShot(true);
    wait_.setInterval(rest);
    connect(&wait_, &QTimer::timeout, this, &AblatePanel::refresh);
    const auto soon = [this] { wait_.start(); };
    connect(&context_, &PanelContext::place_changed, this, soon);
    connect(&context_, &PanelContext::switched_off_changed, this, [this] {
        if (isVisible())
            show_list();
        wait_.start();
    });
    connect(items_, &QSpinBox::valueChanged, this, soon);
    connect(draws_, &QSpinBox::valueChanged, this, soon);
    connect(clear_, &QPushButton::clicked, this, [this] { context_.switch_off({}); });
    connect(stop_, &QPushButton::clicked, this, &AblatePanel::stop);
    connect(state_, &AnswerState::again_requested, this, &AblatePanel::ask_again);
    show_rows({});
    say({});
}

void AblatePanel::build()
{
    setObjectName(QStringLiteral("ablate"));
    setAttribute(Qt::WA_StyledBackground);
    auto* heading = new QLabel(tr("ABLATE"), this);
    heading->setProperty("heading", true);
    list_->setObjectName(QStringLiteral("ablateList"));
    list_->setAccessibleName(tr("What is switched off"));
    list_->setSelectionMode(QAbstractItemView::ExtendedSelection);
    list_->setToolTip(tr("Delete switches what is selected here on again"));
    list_->setProperty("boxed", true);
    list_->installEventFilter(this);
    clear_->setObjectName(QStringLiteral("ablateClear"));
    stop_->setObjectName(QStringLiteral("ablateStop"));
    items_->setToolTip(tr("At most so many of the task's examples, and of each suite's items"));
    draws_->setToolTip(
        tr("So many random choices of as many nodes and edges are ablated for comparison"));
    state_->setObjectName(QStringLiteral("ablateState"));
    expected_->setObjectName(QStringLiteral("ablateExpected"));
    remarks_->setObjectName(QStringLiteral("ablateRemarks"));
    of_->setObjectName(QStringLiteral("ablateOf"));
    state_->setContentsMargins(0, 0, 0, 0); // the column has its own
    for (QLabel* label : { of_, expected_, remarks_ }) {
        label->setProperty("dim", true);
        label->setWordWrap(true);
        label->setTextFormat(Qt::PlainText); // words from files come through them
    }
    figures_->setAccessibleName(tr("Figures with and without what is switched off"));
    figures_->horizontalHeaderItem(2)->setToolTip(
        tr("The change by a random choice of as many nodes and edges: mean ± standard deviation"));

    auto* commands = new QWidget(this);
    auto* top = new FlowLayout(commands);
    top->setContentsMargins(0, 0, 0, 0);
    top->setSpacing(6);
    for (QWidget* widget : std::initializer_list<QWidget*>{ heading, lists_, clear_ })
        top->addWidget(widget);
    auto* choices = new QWidget(this);
    auto* form = new FlowLayout(choices);
    form->setContentsMargins(0, 0, 0, 0);
    form->setSpacing(6);
    form->addWidget(titled(tr("&Items"), items_, choices));
    form->addWidget(titled(tr("&Random draws"), draws_, choices));
    form->addWidget(stop_);
    QVBoxLayout* column = scrolled_column(*this, QStringLiteral("ablateScroll"));
    for (QWidget* widget : std::initializer_list<QWidget*>{
             commands, list_, choices, state_, of_, figures_, expected_, remarks_ })
        column->addWidget(widget);
    column->addStretch();
    fit_height(*list_);
}

void AblatePanel::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    show_list();
    wait_.start();
}

bool AblatePanel::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == list_ && event->type() == QEvent::KeyPress) {
        const auto& key = *static_cast<QKeyEvent*>(event);
        if (key.key() == Qt::Key_Delete
            && (key.modifiers() & ~Qt::KeypadModifier) == Qt::NoModifier) {
            remove_chosen();
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

void AblatePanel::show_list()
{
    const std::optional<ShownPlace> place = context_.place();
    const std::vector<std::string> names = place && place->graph
        ? ablation_names(*place->graph, context_.switched_off())
        : std::vector<std::string>();
    clear_->setEnabled(!names.empty());
    if (names == names_)
        return; // so that what is selected stays
    names_ = names;
    list_->clear();
    for (std::size_t i = 0; i < names_.size() && i < most_listed; ++i)
        list_->addItem(QString::fromStdString(names_[i]));
    if (names_.size() > most_listed) {
        auto* more = new QListWidgetItem(tr("and %1 more").arg(names_.size() - most_listed));
        more->setFlags(Qt::NoItemFlags);
        list_->addItem(more);
    }
    fit_height(*list_);
}

void AblatePanel::remove_chosen()
{
    const std::optional<ShownPlace> place = context_.place();
    if (!place || !place->graph)
        return;
    std::vector<std::string> rest_of_them;
    for (std::size_t i = 0; i < names_.size(); ++i) {
        const QListWidgetItem* item = i < most_listed ? list_->item(static_cast<int>(i)) : nullptr;
        if (!item || !item->isSelected())
            rest_of_them.push_back(names_[i]);
    }
    context_.switch_off(choice_named(*place->graph, rest_of_them));
}

void AblatePanel::refresh()
{
    if (!isVisible())
        return;
    show_list();
    const std::optional<ShownPlace> place = context_.place();
    const RunHistory* run = context_.run();
    if (!place || !run) {
        clear(run ? tr("This run has no circuit yet: once it has one, what is switched off in it is "
                       "ablated here.")
                  : tr("Open an experiment, or run the demo: then what is switched off in the "
                       "circuit is ablated here."));
        return;
    }
    if (names_.empty()) {
        clear(tr("Nothing is switched off. Select nodes or edges in the circuit and press Delete."));
        return;
    }
    const Subject subject{ place->file, place->run, place->iteration, names_,
        { items_->value(), draws_->value() } };
    if (asked_ == subject)
        return;
    const auto question = ablation_question(*run, *place, names_, subject.choices);
    if (!question) {
        clear(tr("The run's configuration names no task to measure on."));
        return;
    }
    ask(subject, *question);
}

void AblatePanel::ask(const Subject& subject, const AblationQuestion& question)
{
    reveals_ = !asked_ || asked_->names != subject.names || asked_->choices != subject.choices;
    asked_ = subject;
    set_outdated(true);
    say(tr("waiting for the engine"), true);
    context_.ask(*this, asker, question,
        { [this](const Answer& answer) { show_answer(std::get<AblationAnswer>(answer)); },
            [this](const QString& sentence) {
                show_rows({});
                say_unanswered(sentence);
            },
            [this](const QString& what, int done, int total) {
                say(tr("%1 (%2 of %3)").arg(what).arg(done).arg(total), true);
            } });
}

void AblatePanel::stop()
{
    context_.forget(asker);
    asked_.reset(); // asked again with the next change
    say_unanswered(tr("Stopped"));
}

void AblatePanel::ask_again()
{
    asked_.reset();
    refresh();
}

void AblatePanel::clear(const QString& why)
{
    context_.forget(asker);
    asked_.reset();
    show_rows({});
    say(why);
}

void AblatePanel::show_answer(const AblationAnswer& answer)
{
    const RunHistory* run = context_.run();
    if (!run || !asked_)
        return;
    remarks_->setText(ablation_remarks(answer, *run));
    show_rows(ablation_rows(answer, *run));
    set_outdated(false);
    if (reveals_) // but not as the timeline goes on
        reveal(*figures_);
    expected_->setText(expectation(answer));
    of_->setText(tr("%1 · %2 of %3 edges ablated")
            .arg(moment_text(asked_->iteration, answer.model.step))
            .arg(answer.ablated)
            .arg(answer.edges));
    say({});
}

void AblatePanel::show_rows(const std::vector<AblationRow>& rows)
{
    std::vector<QStringList> texts;
    for (const AblationRow& row : rows)
        texts.push_back(
            { row.measured, row.change, row.random, row.whole, row.without, row.items });
    figures_->set_rows(texts);
    for (QWidget* widget : std::initializer_list<QWidget*>{ figures_, of_, expected_ })
        widget->setVisible(!rows.empty());
    remarks_->setVisible(!rows.empty() && !remarks_->text().isEmpty());
}

void AblatePanel::set_outdated(bool outdated)
{
    for (QWidget* widget : std::initializer_list<QWidget*>{ of_, figures_, expected_, remarks_ })
        widget->setEnabled(!outdated);
}

void AblatePanel::say(const QString& sentence, bool busy)
{
    state_->show_state({}, sentence);
    stop_->setVisible(busy);
}

void AblatePanel::say_unanswered(const QString& sentence)
{
    state_->show_state(sentence, {});
    stop_->hide();
}

} // namespace circuitloom::ui

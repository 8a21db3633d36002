#include "ui/tryit/try_it_panel.h"

#include "ui/tryit/example_menu.h"
#include "ui/tryit/run_circuit.h"
#include "ui/tryit/run_course.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QScrollArea>
#include <QVBoxLayout>

namespace circuitloom::ui {

namespace {

const std::array<QString, asked_count> askers{ QStringLiteral("try it, now"),
    QStringLiteral("try it, at the start"), QStringLiteral("try it, the circuit alone") };
constexpr int shown_words = 6;
constexpr int continuation = 8; ///< tokens
constexpr int rest = 60; ///< milliseconds without a change before the engine is asked

QLineEdit* word_field(const QString& name, const QString& title, QWidget* parent)
{
    auto* field = new QLineEdit(parent);
    field->setObjectName(name);
    field->setPlaceholderText(title);
    field->setAccessibleName(title);
    field->setToolTip(TryItPanel::tr(
        "%1: a token that is always listed, with the space before it, as in “ is”").arg(title));
    return field;
}

} // namespace

TryItPanel::TryItPanel(PanelContext& context, QWidget* parent)
    : QWidget(parent)
    , context_(context)
    , text_(new QLineEdit(this))
    , examples_(new ExampleMenu(context, this))
    , target_(word_field(QStringLiteral("tryItTarget"), tr("Target"), this))
    , alternative_(word_field(QStringLiteral("tryItAlternative"), tr("Alternative"), this))
    , state_(new QLabel(this))
    , bars_(new NextWordBars(this))
    , continuations_(new QLabel(this))
    , course_(new RunCourse(context, this))
{
    build();
    wait_.setSingleShot(true);
    wait_.setInterval(rest);
    connect(&wait_, &QTimer::timeout, this, &TryItPanel::ask);
    connect_context();
    ask();
}

void TryItPanel::build()
{
    setObjectName(QStringLiteral("tryIt"));
    setAttribute(Qt::WA_StyledBackground);
    auto* heading = new QLabel(tr("TRY IT"), this);
    heading->setProperty("heading", true);
    text_->setObjectName(QStringLiteral("tryItText"));
    text_->setPlaceholderText(tr("Type the beginning of a sentence"));
    text_->setAccessibleName(tr("Text that the model continues"));
    text_->setClearButtonEnabled(true);
    state_->setObjectName(QStringLiteral("tryItState"));
    state_->setProperty("dim", true);
    state_->setWordWrap(true);
    bars_->setObjectName(QStringLiteral("tryItBars"));
    bars_->setAccessibleName(tr("Next words"));
    continuations_->setObjectName(QStringLiteral("tryItContinuations"));
    continuations_->setWordWrap(true);
    continuations_->setTextFormat(Qt::PlainText);
    continuations_->setTextInteractionFlags(
        Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    continuations_->setContentsMargins(16, 0, 16, 0);

    auto* content = new QWidget(this);
    auto* column = new QVBoxLayout(content);
    column->setContentsMargins(0, 8, 0, 8);
    column->setSpacing(6);
    auto* top = new QVBoxLayout;
    top->setContentsMargins(16, 0, 16, 0);
    top->setSpacing(6);
    auto* title = new QHBoxLayout;
    title->addWidget(heading);
    title->addStretch();
    title->addWidget(examples_);
    top->addLayout(title);
    top->addWidget(text_);
    auto* words = new QHBoxLayout;
    words->addWidget(target_);
    words->addWidget(alternative_);
    top->addLayout(words);
    top->addWidget(state_);
    column->addLayout(top);
    column->addWidget(bars_);
    column->addWidget(continuations_);
    column->addWidget(course_);
    column->addStretch();
    auto* scroll = new QScrollArea(this);
    scroll->setObjectName(QStringLiteral("tryItScroll"));
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setWidgetResizable(true);
    scroll->setWidget(content);
    auto* whole = new QVBoxLayout(this);
    whole->setContentsMargins(0, 0, 0, 0);
    whole->addWidget(scroll);
    setTabOrder(text_, target_);
    setTabOrder(target_, alternative_);
}

void TryItPanel::connect_context()
{
    const auto soon = [this] { wait_.start(); };
    text_->setText(context_.sentence());
    connect(text_, &QLineEdit::textChanged, this, soon);
    connect(target_, &QLineEdit::textChanged, this, soon);
    connect(alternative_, &QLineEdit::textChanged, this, soon);
    connect(text_, &QLineEdit::textChanged, &context_, &PanelContext::set_sentence);
    connect(text_, &QLineEdit::textChanged, this, &TryItPanel::recognise);
    connect(examples_, &ExampleMenu::changed, this, &TryItPanel::recognise);
    connect(examples_, &ExampleMenu::chosen, this, &TryItPanel::choose);
    connect(&context_, &PanelContext::sentence_changed, this, [this] {
        if (text_->text() != context_.sentence())
            text_->setText(context_.sentence());
    });
    connect(&context_, &PanelContext::place_changed, this, soon);
    connect(&context_, &PanelContext::run_grown, this, [this] {
        if (!asked_of_) // it may have its first iteration now
            wait_.start();
    });
    const auto take_theme = [this] { bars_->set_theme(context_.theme()); };
    connect(&context_, &PanelContext::theme_changed, this, take_theme);
    take_theme();
}

void TryItPanel::set_text(const QString& text)
{
    text_->setText(text);
}

void TryItPanel::choose(const TaskSentence& sentence)
{
    text_->setText(sentence.text);
    target_->setText(sentence.target);
    alternative_->setText(sentence.alternative);
}

void TryItPanel::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    wait_.start();
}

void TryItPanel::recognise()
{
    const auto found = examples_->find(text_->text());
    if (!found || !target_->text().isEmpty())
        return;
    target_->setText(found->target);
    alternative_->setText(found->alternative);
}

TriedText TryItPanel::subject() const
{
    return { text_->text(), target_->text(), alternative_->text() };
}

void TryItPanel::clear(const QString& why)
{
    for (const QString& asker : askers)
        context_.forget(asker);
    answers_ = {};
    asked_of_.reset();
    bars_->set_words({});
    continuations_->clear();
    say(why);
}

void TryItPanel::ask()
{
    if (!isVisible())
        return;
    examples_->refresh();
    const std::optional<ShownPlace> place = context_.place();
    const TriedText subject = this->subject();
    course_->set_subject(subject);
    if (!place || subject.text.isEmpty()) {
        clear(place    ? QString()
                : context_.run()
                ? tr("This run has no circuit yet: once it has one, the model of each iteration can "
                     "be tried here.")
                : tr("Open an experiment, or run the demo: then the model of each iteration can be "
                     "tried here."));
        return;
    }
    const bool same_run
        = asked_of_ && asked_of_->file == place->file && asked_of_->run == place->run;
    const bool same_subject = same_run && asked_ == subject;
    if (same_subject && asked_of_->iteration == place->iteration && answers_[0])
        return;
    if (!same_subject) {
        answers_ = {};
        without_candidates_ = false;
        refusal_.clear();
    }
    asked_of_ = place;
    asked_ = subject;
    if (!answers_[static_cast<std::size_t>(Asked::start)])
        ask_for(Asked::start, place->start());
    ask_for(Asked::now, place->moment());
    ask_for(Asked::circuit, place->moment());
}

void TryItPanel::ask_for(Asked asked, const RunMoment& moment)
{
    const auto place = static_cast<std::size_t>(asked);
    NextTokenQuestion question;
    question.model = moment;
    question.text = asked_.text.toStdString();
    question.likeliest = shown_words;
    question.whole_vocabulary = true;
    question.continuation = continuation;
    if (!without_candidates_)
        question.candidates = candidates_of(asked_);
    if (asked == Asked::circuit) {
        const RunCircuit circuit = circuit_of(context_.run(), moment);
        circuit_note_ = circuit.note;
        question.circuit = circuit.alone;
        if (!question.circuit) {
            context_.forget(askers[place]);
            answers_[place].reset();
            return;
        }
    }
    context_.ask(*this, askers[place], question,
        { [this, place](const Answer& answer) {
             answers_[place] = std::get<NextTokenAnswer>(answer);
             show_answers();
         },
            [this, asked](const QString& sentence) { failed(asked, sentence); },
            [this](const QString& what, int done, int total) {
                say(tr("%1 (%2 of %3)").arg(what).arg(done).arg(total));
            } });
}

// Target and alternative may be at fault: the rest is told without them.
void TryItPanel::failed(Asked asked, const QString& sentence)
{
    if (without_candidates_ || candidates_of(asked_).empty()) {
        answers_[static_cast<std::size_t>(asked)].reset();
        say(sentence);
        return;
    }
    without_candidates_ = true;
    refusal_ = sentence;
    answers_ = {};
    for (const Asked each : { Asked::start, Asked::now, Asked::circuit })
        ask_for(each, each == Asked::start ? asked_of_->start() : asked_of_->moment());
}

void TryItPanel::show_answers()
{
    bars_->set_words(next_words(answers_, shown_words));
    QStringList lines;
    for (std::size_t i = 0; i < asked_count; ++i) {
        if (!answers_[i])
            continue;
        QString words = QString::fromStdString(answers_[i]->continued);
        if (words.startsWith(asked_.text))
            words = words.mid(asked_.text.size());
        lines << tr("%1: …%2").arg(asked_name(static_cast<Asked>(i)), words);
    }
    continuations_->setText(lines.join(QLatin1Char('\n')));
    const auto& now = answers_[static_cast<std::size_t>(Asked::now)];
    if (!now)
        return;
    QString state
        = tr("iteration %1, after step %2").arg(asked_of_->iteration).arg(now->model.step);
    if (!circuit_note_.isEmpty())
        state += QStringLiteral(" · ") + circuit_note_;
    if (!refusal_.isEmpty())
        state += QLatin1Char('\n') + refusal_;
    say(state);
}

void TryItPanel::say(const QString& sentence)
{
    state_->setText(sentence);
}

} // namespace circuitloom::ui

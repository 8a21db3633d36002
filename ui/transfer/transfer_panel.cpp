#include "ui/transfer/transfer_panel.h"

#include "core/base/number_text.h"
#include "ui/base/background.h"
#include "ui/base/file_path.h"
#include "ui/transfer/cross_ablation_page.h"
#include "ui/transfer/graft_page.h"
#include "ui/transfer/swap_page.h"
#include "ui/transfer/transfer_page.h"

#include <QComboBox>
#include <QLabel>
#include <QPushButton>

#include <algorithm>
#include <variant>

namespace circuitloom::ui {

namespace {

const QString asker = QStringLiteral("transfer");

bool is_same_run(const std::optional<ShownPlace>& a, const std::optional<ShownPlace>& b)
{
    return a && b ? a->file == b->file && a->run == b->run : !a && !b;
}

} // namespace

TransferPanel::TransferPanel(PanelContext& context, QWidget* parent)
    : QWidget(parent)
    , context_(context)
    , kind_(new QComboBox(this))
    , state_(new QLabel(this))
    , pointed_(new QLabel(this))
    , remarks_(new QLabel(this))
    , pages_{ new TransferPage(context, this), new GraftPage(context, this),
        new SwapPage(context, this), new CrossAblationPage(context, this) }
    , button_(new QPushButton(this))
{
    build();
    connect(kind_, &QComboBox::currentIndexChanged, this, [this] {
        told_.clear();
        remarks_->clear();
        show_all();
    });
    connect(button_, &QPushButton::clicked, this, &TransferPanel::press);
    for (StudyPage* one : pages_) {
        connect(one, &StudyPage::pointed_at, pointed_, &QLabel::setText);
        connect(one, &StudyPage::edited, this, [this] {
            told_.clear();
            show_button();
        });
    }
    connect(&context_, &PanelContext::place_changed, this, &TransferPanel::follow_place);
    follow_place();
}

void TransferPanel::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    follow_place();
}

std::size_t TransferPanel::kind() const
{
    return static_cast<std::size_t>(std::max(0, kind_->currentIndex()));
}

void TransferPanel::follow_place()
{
    const std::optional<ShownPlace> place = context_.place();
    if (!is_same_run(place, of_)) {
        if (asked_)
            stop({});
        studies_ = {};
        told_.clear();
        remarks_->clear();
        pointed_->clear();
        of_.reset();
        if (place && isVisible() && context_.run()) {
            of_ = place;
            for (StudyPage* one : pages_)
                one->begin(*place, *context_.run());
            read_stored(*place);
        }
        show_all();
    } else {
        show_button(); // the run's studies are what they were
    }
}

void TransferPanel::read_stored(const ShownPlace& place)
{
    in_background(
        this, [file = path_of(place.file), run = place.run] { return read_studies(file, run); },
        [this, place](const RunStudies& studies) {
            if (!is_same_run(of_, place))
                return;
            for (std::size_t i = 0; i < studies.size(); ++i) {
                const bool newer = studies_[i] || (asked_ && asked_->study.index() == i);
                if (!studies[i] || newer)
                    continue;
                studies_[i] = studies[i];
                if (place.graph)
                    pages_[i]->take_fields(studies[i]->study, *place.graph);
            }
            show_all();
        },
        [this, place](const QString& sentence) {
            if (!is_same_run(of_, place) || asked_)
                return;
            told_ = sentence;
            show_all();
        });
}

/// Figures of an answer that was called off are in the file already.
void TransferPanel::read_again(const StudyQuestion& question)
{
    in_background(
        this, [file = question.file, run = question.run] { return read_studies(file, run); },
        [this, question](const RunStudies& studies) {
            const std::size_t which = question.study.index();
            const RunHistory* run = context_.run();
            if (!of_ || of_->run != question.run || path_of(of_->file) != question.file || !run
                || asked_ || !studies[which]
                || !asks_for(question.study, studies[which]->study, run->summary.steps_done))
                return;
            studies_[which] = studies[which];
            show_all();
        },
        [this](const QString& sentence) {
            told_ = sentence;
            show_all();
        });
}

void TransferPanel::press()
{
    if (asked_) {
        const StudyQuestion question = *asked_;
        stop(tr("Stopped; what is there is stored."));
        read_again(question);
        return;
    }
    const std::optional<ShownPlace> place = context_.place();
    asked_ = place ? page().request(*place).question : std::nullopt;
    if (!asked_)
        return;
    of_ = place;
    told_.clear();
    remarks_->clear();
    first_done_ = -1;
    ask_next();
}

void TransferPanel::ask_next()
{
    say(tr("Waiting for the engine"));
    show_button();
    context_.ask(*this, asker, *asked_,
        { [this](const Answer& answer) { take(std::get<StudyAnswer>(answer)); },
            [this](const QString& sentence) { stop(sentence); },
            [this](const QString& what, int done, int total) { tell(what, done, total); } });
}

void TransferPanel::tell(const QString& what, int done, int total)
{
    if (first_done_ < 0) {
        first_done_ = done;
        since_.start();
    }
    QString text = tr("%1 of %2 figures · %3").arg(done).arg(total).arg(what);
    if (done > first_done_) {
        constexpr double milliseconds = 1000;
        const double each
            = static_cast<double>(since_.elapsed()) / milliseconds / (done - first_done_);
        text += tr(" · %1 left").arg(QString::fromStdString(duration(each * (total - done))));
    }
    say(text);
}

void TransferPanel::take(const StudyAnswer& answer)
{
    const bool complete = answer.done >= answer.total;
    studies_[answer.study.index()] = { answer.study, answer.figures, complete };
    show_remarks(answer);
    if (complete)
        asked_.reset();
    show_all();
    if (asked_)
        ask_next();
}

void TransferPanel::show_remarks(const StudyAnswer& answer)
{
    QStringList remarks;
    for (const std::string& note : answer.notes)
        remarks << QString::fromStdString(note);
    if (!answer.dropped.empty())
        remarks << (answer.dropped.size() == 1
                ? tr("1 example is left out: %1")
                : tr("%1 examples are left out; the first: %2").arg(answer.dropped.size()))
                       .arg(QString::fromStdString(answer.dropped.front()));
    if (!remarks.isEmpty()) // an answer that had nothing to compute knows of none
        remarks_->setText(remarks.join(QLatin1Char('\n')));
}

void TransferPanel::stop(const QString& why)
{
    context_.forget(asker);
    asked_.reset();
    told_ = why;
    show_all();
}

void TransferPanel::say(const QString& sentence)
{
    state_->setText(sentence);
    state_->setVisible(!sentence.isEmpty());
}

void TransferPanel::show_all()
{
    const std::size_t chosen = kind();
    for (std::size_t i = 0; i < pages_.size(); ++i) {
        const ShownStudy* shown = studies_[i] && of_ ? &*studies_[i] : nullptr;
        if (of_ || context_.place())
            pages_[i]->show_study(shown, of_ ? *of_ : *context_.place());
        pages_[i]->fields()->setVisible(i == chosen);
        pages_[i]->setVisible(i == chosen && shown);
    }
    pointed_->setVisible(studies_[chosen].has_value());
    remarks_->setVisible(!remarks_->text().isEmpty());
    show_button();
}

void TransferPanel::show_button()
{
    const std::optional<ShownPlace> place = context_.place();
    const RunHistory* run = context_.run();
    const std::optional<ShownStudy>& shown = studies_[kind()];
    const StudyRequest now = place ? page().request(*place) : StudyRequest();
    const bool begun = now.question && run && shown && !shown->complete
        && asks_for(now.question->study, shown->study, run->summary.steps_done);
    button_->setEnabled(asked_ || now.question);
    button_->setText(asked_ ? tr("Stop") : begun ? tr("Go on") : tr("Compute"));
    if (asked_)
        return;
    if (!told_.isEmpty())
        say(told_);
    else if (!place)
        say(tr("Open an experiment, or run the demo: then it is computed here whether its circuits "
               "work at other iterations, and which part of the change did what."));
    else {
        QString sentence = shown ? QString() : page().purpose();
        if (!now.problem.isEmpty())
            sentence += (sentence.isEmpty() ? QString() : QStringLiteral(" ")) + now.problem;
        say(sentence);
    }
}

} // namespace circuitloom::ui

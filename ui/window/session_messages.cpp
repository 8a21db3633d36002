#include "core/base/error.h"
#include "ui/window/experiment_session.h"

#include <algorithm>
#include <utility>

namespace circuitloom::ui {

/// What each of the worker's messages changes. The history of a run is read from the file when it
/// begins, so the first records may be known already: they are not taken twice. Of a run that
/// writes to another file than the open one only its beginning and end matter.
struct ExperimentSession::MessageVisitor
{
    ExperimentSession& session;
    std::vector<int> new_steps; ///< of the current run's new iterations
    bool records = false;
    bool checkpoints = false; ///< may have come and gone
    bool status = false;

    /// What came before a run begins or ends belongs to the time before. Records first: the
    /// timeline knows an iteration's marks before it is shown.
    void tell_records()
    {
        if (std::exchange(checkpoints, false))
            if (RunHistory* run = session.live_history())
                run->checkpoints = session.reader_->checkpoints(run->summary.id);
        if (std::exchange(records, false))
            Q_EMIT session.records_added();
        if (!new_steps.empty())
            Q_EMIT session.iterations_added(std::exchange(new_steps, {}));
    }
    void operator()(const message::EngineReady& ready)
    {
        session.engine_known_ = true;
        session.device_ = QString::fromStdString(ready.device);
        status = true;
    }
    void operator()(const message::Preparing& preparing)
    {
        session.preparing_ = QString::fromStdString(preparing.what);
        status = true;
    }
    void operator()(const message::Started& started)
    {
        session.preparing_.clear();
        session.device_ = QString::fromStdString(started.device);
        session.steps_per_second_ = 0;
        session.live_run_ = started.run;
        session.forget_begun();
        status = true;
        if (session.live_file_ != session.file_)
            return;
        tell_records();
        // Of a run that goes on, what came after its checkpoint is written anew.
        session.show(load_history(*session.reader_, session.reader_->run(started.run)));
        Q_EMIT session.training_changed();
    }
    void operator()(const message::StepDone& done)
    {
        session.steps_per_second_ = done.steps_per_second;
        status = true;
        if (RunHistory* run = session.live_history()) {
            run->curves->add(done.step);
            run->summary.steps_done = done.step.step;
            run->summary.last_loss = done.step.loss;
            run->summary.last_metric = done.step.metric;
            records = true;
        }
    }
    void operator()(const message::IterationCommitted& committed)
    {
        RunHistory* run = session.live_history();
        const IterationRecord& iteration = committed.iteration;
        if (!run || iteration.index.value < static_cast<int>(run->iterations.size()))
            return;
        run->iterations.push_back(iteration);
        run->curves->add(iteration);
        run->summary.iterations = static_cast<int>(run->iterations.size());
        records = true;
        checkpoints = true;
        if (session.current_ == run->summary.id)
            new_steps.push_back(iteration.step);
    }
    void operator()(const message::Evaluated& evaluated)
    {
        RunHistory* run = session.live_history();
        if (!run)
            return;
        for (const EvaluationRecord& record : evaluated.evaluations)
            run->curves->add(record);
        records = true;
    }
    void operator()(const message::Marked& marked)
    {
        RunHistory* run = session.live_history();
        const auto known = [&](const MarkRecord& mark) {
            return mark.step == marked.mark.step && mark.label == marked.mark.label;
        };
        if (!run || std::any_of(run->marks.begin(), run->marks.end(), known))
            return;
        run->marks.push_back(marked.mark);
        records = true;
    }
    void operator()(const message::Answering& answering)
    {
        Q_EMIT session.question_progressed(answering.question,
            QString::fromStdString(answering.what), answering.done, answering.total);
    }
    void operator()(const message::Answered& answered)
    {
        session.close_question(answered.question);
        Q_EMIT session.question_answered(answered.question, answered.answer);
    }
    void operator()(const message::QuestionFailed& failure)
    {
        session.close_question(failure.question);
        Q_EMIT session.question_failed(failure.question, QString::fromStdString(failure.what));
    }
    void operator()(const message::Ended&)
    {
        tell_records();
        session.settle_begun();
        session.training_ended();
    }
    void operator()(const message::Failed& failure)
    {
        session.engine_known_ = true;
        session.forget_begun();
        tell_records();
        session.training_ended();
        Q_EMIT session.failed(QString::fromStdString(failure.what));
    }
};

QuestionId ExperimentSession::ask(const QString& asker, Question question)
{
    const QuestionId id = worker_->ask(asker.toStdString(), std::move(question));
    open_questions_[asker] = id;
    messages_.start();
    return id;
}

void ExperimentSession::withdraw_question(const QString& asker)
{
    open_questions_.erase(asker);
    worker_->withdraw(asker.toStdString());
}

void ExperimentSession::close_question(QuestionId id)
{
    std::erase_if(open_questions_, [id](const auto& open) { return open.second == id; });
}

void ExperimentSession::take_messages()
{
    MessageVisitor visitor{ *this, {} };
    for (const WorkerMessage& message : worker_->drain()) {
        try {
            std::visit(visitor, message);
        } catch (const Error& error) {
            Q_EMIT failed(QString::fromStdString(error.what()));
        }
    }
    visitor.tell_records();
    if (visitor.status)
        Q_EMIT status_changed();
    if (engine_known_ && !training_ && open_questions_.empty())
        messages_.stop();
}

} // namespace circuitloom::ui

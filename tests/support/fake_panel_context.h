#pragma once

#include "ui/panels/panel_context.h"
#include "ui/session/dynamics_reader.h"

#include <map>
#include <utility>

namespace circuitloom::testing {

/// A window for one panel: the test says what it shows, and answers what the panel asks.
class FakePanelContext : public ui::PanelContext
{
public:
    struct Asked
    {
        Question question;
        ui::ReplyHandlers handlers;
    };

    std::optional<ui::ShownPlace> place() const override { return shown; }
    const ui::RunHistory* run() const override { return history ? &*history : nullptr; }
    void go_to(int iteration) override
    {
        if (!shown)
            shown = ui::ShownPlace{ QStringLiteral("x.loom"), { 1 }, 0, 0, nullptr };
        shown->iteration = iteration;
        shown->step = 2 * iteration;
        Q_EMIT place_changed();
    }
    GraphChoice selection() const override { return selected; }
    void select(const GraphChoice& choice) override
    {
        ++selections;
        selected = choice;
        Q_EMIT selection_changed();
    }
    GraphChoice switched_off() const override { return off; }
    void switch_off(const GraphChoice& choice) override
    {
        off = choice;
        Q_EMIT switched_off_changed();
    }
    std::vector<ui::CircuitEdge> edges() const override
    {
        ++edges_read;
        return circuit;
    }
    const ui::Theme& theme() const override { return ui::theme(dark); }
    ui::DynamicsReader& dynamics() override { return dynamics_read; }
    void ask(
        QObject&, const QString& asker, Question question, ui::ReplyHandlers handlers) override
    {
        ++asked;
        open[asker] = { std::move(question), std::move(handlers) };
    }
    void forget(const QString& asker) override { open.erase(asker); }

    /// Answers what this asker wants to know, which it must have asked.
    void answer(const QString& asker, const Answer& answer)
    {
        const Asked question = open.at(asker);
        open.erase(asker);
        question.handlers.answered(answer);
    }
    /// Says why it cannot be answered.
    void fail(const QString& asker, const QString& sentence)
    {
        const Asked question = open.at(asker);
        open.erase(asker);
        question.handlers.failed(sentence);
    }

    std::optional<ui::ShownPlace> shown;
    std::optional<ui::RunHistory> history;
    std::vector<ui::CircuitEdge> circuit;
    GraphChoice selected;
    GraphChoice off;
    bool dark = false;
    ui::DynamicsReader dynamics_read;
    int selections = 0; ///< made by the panel
    mutable int edges_read = 0;
    int asked = 0;
    std::map<QString, Asked> open; ///< what has no answer yet, by asker
};

} // namespace circuitloom::testing

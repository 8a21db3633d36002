#pragma once

#include "ui/panels/panel_context.h"
#include "ui/transfer/shown_study.h"

#include <QString>
#include <QWidget>

#include <optional>

class QSpinBox;

namespace circuitloom::ui {

/// What the fields of a page ask for.
struct StudyRequest
{
    std::optional<StudyQuestion> question;
    QString problem; ///< where there is none: what to do about it, in a sentence; may be empty
};

/// One kind of study in the transfer panel: the fields that say what is asked, and below them the
/// figures that are there. The panel asks, and hands over what the file or an answer has.
class StudyPage : public QWidget
{
    Q_OBJECT

public:
    /// `name` begins the names of its widgets.
    StudyPage(PanelContext& context, const QString& name, QWidget* parent);

    /// What the list of studies calls it.
    virtual QString title() const = 0;
    /// What it tells, for who sees no figures yet.
    virtual QString purpose() const = 0;
    /// The fields, which the panel puts above its button; the page itself stands below.
    QWidget* fields() const { return fields_; }
    /// What the fields ask about the run and the iteration shown, which are there.
    StudyRequest request(const ShownPlace& place) const;
    /// Another run is shown: the fields say what is usual for it.
    virtual void begin(const ShownPlace& place, const RunHistory& run) = 0;
    /// Sets the fields to what was asked once, as far as they can say it.
    void take_fields(const Study& study, const ComputationalGraph& graph);
    /// Shows the figures that are there; null for none. `of` is the run that they are of.
    virtual void show_study(const ShownStudy* shown, const ShownPlace& of) = 0;

Q_SIGNALS:
    /// A field says something else.
    void edited();
    /// What the pointer or the keyboard is at; empty for nothing.
    void pointed_at(const QString& sentence);

protected:
    /// The study that the fields ask for, of a run with iterations; nothing where they ask none,
    /// with a sentence in `problem`.
    virtual std::optional<Study> study(
        const ShownPlace& place, const RunHistory& run, QString& problem) const = 0;
    virtual void take_study(const Study& study, const ComputationalGraph& graph) = 0;
    /// At most so many figures are computed for one answer, so that other questions have their
    /// turn.
    virtual int figures_at_once() const { return 8; }
    /// Adds the field for random draws, which each study has, behind the others.
    void add_draws();
    int random_draws() const;
    /// Adds a field for a number to the fields.
    QSpinBox* add_count(const QString& name, const QString& title, const QString& tip, int value,
        int most, const QString& at_zero);

    PanelContext& context_;

private:
    QString name_;
    QWidget* fields_;
    QWidget* numbers_; ///< in a row that wraps
    QSpinBox* draws_ = nullptr;
};

} // namespace circuitloom::ui

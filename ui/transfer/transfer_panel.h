#pragma once

#include "ui/transfer/shown_study.h"
#include "ui/transfer/study_page.h"

#include <QElapsedTimer>
#include <QWidget>

#include <array>
#include <optional>

class QComboBox;
class QLabel;
class QPushButton;

namespace circuitloom::ui {

/// Whether a run's circuits work elsewhere, and which part of its change did what: a page for each
/// kind of study. What the file has is shown at once; the rest is computed when the user asks for
/// it, a few figures at a time, each stored as it comes, so that it can be stopped and gone on
/// with, also another day.
class TransferPanel : public QWidget
{
    Q_OBJECT

public:
    explicit TransferPanel(PanelContext& context, QWidget* parent = nullptr);

    QSize sizeHint() const override { return { 420, 480 }; }

protected:
    void showEvent(QShowEvent* event) override;

private:
    void build();
    void follow_place();
    void read_stored(const ShownPlace& place);
    void read_again(const StudyQuestion& question);
    void press();
    void ask_next();
    void tell(const QString& what, int done, int total);
    void take(const StudyAnswer& answer);
    void stop(const QString& why);
    void say(const QString& sentence);
    void show_remarks(const StudyAnswer& answer);
    void show_all();
    void show_button();
    StudyPage& page() const { return *pages_[kind()]; }
    std::size_t kind() const;

    PanelContext& context_;
    QComboBox* kind_;
    QLabel* state_;
    QLabel* pointed_;
    QLabel* remarks_;
    std::array<StudyPage*, std::variant_size_v<Study>> pages_; ///< in the order of study_names
    QPushButton* button_;
    std::optional<ShownPlace> of_; ///< whose studies these are
    RunStudies studies_;
    std::optional<StudyQuestion> asked_; ///< under way
    QString told_; ///< why nothing is under way any more; empty where that is plain
    QElapsedTimer since_; ///< the first progress of what is under way
    int first_done_ = -1; ///< figures that were there then; -1: no progress yet
};

} // namespace circuitloom::ui

#pragma once

#include "ui/base/background.h"
#include "ui/start/experiment_card.h"

#include <QObject>
#include <QStringList>

#include <vector>

namespace circuitloom::ui {

/// The experiments that the start page shows: those that nobody saved yet, from the application's
/// own folder, the newest first, then those that were opened or saved last.
///
/// For the window's thread. Folder and files are read in the background; the list is told as soon
/// as the files' names are known, and again with each that was read.
class ExperimentList : public QObject
{
    Q_OBJECT

public:
    explicit ExperimentList(QObject* parent = nullptr);

    /// Reads everything anew. `folder`: of the unsaved ones; `recent`: files, the newest first.
    void read(const QString& folder, const QStringList& recent, const CardPicture& picture);
    const std::vector<ExperimentCard>& cards() const { return cards_; }
    /// How many older ones that nobody saved there are beside those of cards().
    int unlisted() const { return unlisted_; }
    /// All that was asked for has been read.
    bool complete() const { return unread_ == 0; }

Q_SIGNALS:
    /// cards() is another.
    void changed();

private:
    void take_names(const std::vector<ExperimentCard>& cards, const CardPicture& picture);

    std::vector<ExperimentCard> cards_;
    int unlisted_ = 0;
    int unread_ = 0;
    int generation_ = 0; ///< drops what is no longer wanted
    Background thread_;
};

} // namespace circuitloom::ui

#pragma once

#include "core/base/ids.h"
#include "ui/theme/theme.h"

#include <QDateTime>
#include <QImage>
#include <QSize>
#include <QString>

#include <optional>

namespace circuitloom::ui {

/// What the start page tells of an experiment.
struct ExperimentCard
{
    QString file; ///< absolute
    bool unsaved = false; ///< it lies in the application's own folder
    bool read = false; ///< what follows is known
    QString trouble; ///< why nothing can be told; empty otherwise
    QDateTime changed; ///< when its file was
    int runs = 0;
    QString run; ///< the name of the last run; empty where there is none
    QString state; ///< of that run, as in "stopped · step 54 of 120"
    bool in_training = false; ///< some run is being written, here or elsewhere
    std::optional<RunId> unfinished; ///< the last run that can go on where it was interrupted
    QImage picture; ///< of the last circuit; null where there is none
};

/// How a card's picture is drawn.
struct CardPicture
{
    QSize size; ///< logical pixels
    double ratio = 1; ///< the screen's pixels of one of them
    Theme theme;
};

/// Reads the file, on whatever thread. Throws nothing: what is wrong is the card's trouble.
ExperimentCard read_card(const QString& file, bool unsaved, const CardPicture& picture);

} // namespace circuitloom::ui

#pragma once

#include <QObject>

namespace circuitloom::ui {

class CurvesPanel;
class IterationDisplay;
class Playback;

/// Keeps the curves and the timeline together: one cursor, one range that is played, one horizontal
/// axis.
class CurvesCommands : public QObject
{
    Q_OBJECT

public:
    /// All must outlive it.
    CurvesCommands(CurvesPanel& curves, Playback& playback, IterationDisplay& iterations,
        QObject* parent = nullptr);
};

} // namespace circuitloom::ui

#pragma once

#include <QString>

namespace circuitloom::ui {

/// The words whose probabilities are followed behind the tried sentence; both may be empty.
struct CandidateWords
{
    QString target;
    QString alternative; ///< what competes with it
    bool operator==(const CandidateWords&) const = default;
};

} // namespace circuitloom::ui

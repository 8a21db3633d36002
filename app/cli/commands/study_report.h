#pragma once

#include "core/run/studies.h"

#include <string>

namespace circuitloom {

/// What a study found, in tables; figures that are not there yet are a dash. The circuits of a
/// transfer are read from the question's file, to be compared. Text, ended by a line feed.
std::string study_report(const StudyAnswer& answer, const StudyQuestion& question);
std::string study_report_json(const StudyAnswer& answer, const StudyQuestion& question);
/// A line for every figure.
std::string study_report_csv(const StudyAnswer& answer);

} // namespace circuitloom

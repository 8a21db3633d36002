#pragma once

#include "ui/compare/run_columns.h"

#include <QString>

#include <vector>

class QComboBox;
class QWidget;

namespace circuitloom::ui {

/// A box that one of the columns is chosen in, with `name` as its object's name.
QComboBox* column_box(const char* name, const QString& spoken, QWidget* parent);

/// The first column whose key begins and ends so; -1 where there is none.
int column_like(const std::vector<RunColumn>& columns, const QString& begins, const QString& ends);

} // namespace circuitloom::ui

#pragma once

class QString;
class QVBoxLayout;
class QWidget;

namespace circuitloom::ui {

/// Fills a panel, which has no layout yet, with a column that scrolls downwards where it does not
/// fit. `name` is the scroll area's as an object. What is added to the column becomes part of it.
QVBoxLayout* scrolled_column(QWidget& panel, const QString& name);

} // namespace circuitloom::ui

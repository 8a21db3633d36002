#pragma once

#include "core/store/records.h"

#include <QDialog>

class QLabel;
class QLineEdit;
class QPlainTextEdit;
class QPushButton;

namespace circuitloom::ui {

/// Asks for the name and the note of a bookmark, new or not.
class BookmarkDialog : public QDialog
{
    Q_OBJECT

public:
    explicit BookmarkDialog(const Bookmark& bookmark, QWidget* parent = nullptr);

    /// As it is now.
    Bookmark bookmark() const;

    /// Asks first where name or note were changed.
    void reject() override;

private:
    void validate();

    Bookmark bookmark_;
    QLineEdit* name_;
    QPlainTextEdit* note_;
    QLabel* objection_;
    QPushButton* save_;
};

} // namespace circuitloom::ui

#pragma once

#include <QWidget>

class QLabel;
class QLineEdit;
class QProgressBar;
class QPushButton;

namespace circuitloom::ui {

/// The lower part of the export dialog: where the file goes, how far the export is, and the
/// buttons.
class ExportBar : public QWidget
{
    Q_OBJECT

public:
    explicit ExportBar(QWidget* parent = nullptr);

    QString file() const;
    /// A name that the user gave, which is not replaced by a proposed one any more.
    void set_file(const QString& file);
    void propose_file(const QString& file);
    /// What is exported is nothing to copy: there is no button for it.
    void offer_no_copy();
    bool named_by_user() const { return named_by_user_; }

    /// While an export is at work it can only be cancelled. `copies`: the picture can be copied.
    void set_state(bool busy, bool copies);
    /// So many of `of` frames are there; how many there are going to be is not known for 0 of 0.
    void show_progress(int frames, int of);
    void say(const QString& sentence, bool failed);

Q_SIGNALS:
    void browse_requested();
    /// The user gave the file another name.
    void named();
    void copy_requested();
    void close_requested();
    /// The export is to begin, or, while one is at work, to be cancelled.
    void export_requested();

private:
    QPushButton* add_button(const QString& text, const char* name, const QString& tip);
    void arrange();

    QLineEdit* file_;
    QPushButton* browse_;
    QPushButton* copy_;
    QPushButton* close_;
    QPushButton* export_;
    QProgressBar* progress_;
    QLabel* message_;
    bool named_by_user_ = false;
};

} // namespace circuitloom::ui

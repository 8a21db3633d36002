#pragma once

#include "ui/export/picture_page.h"

#include <QWidget>

class QLabel;
class QSlider;

namespace circuitloom::ui {

class PagePreview;

/// Shows what comes out of an export, and lets the user choose the moment of a film that is shown.
class ExportPreview : public QWidget
{
    Q_OBJECT

public:
    explicit ExportPreview(QWidget* parent = nullptr);

    /// The number of frames to choose from; none where it is no film.
    void set_frames(int count);
    /// The frame that is chosen; 0 where there is no choice.
    int frame() const;
    void show_page(PicturePage page);
    void show_sentence(const QString& sentence);
    /// How far into the film the frame is.
    void show_time(double seconds);

Q_SIGNALS:
    void frame_chosen();

private:
    PagePreview* page_;
    QSlider* frame_;
    QLabel* time_;
};

} // namespace circuitloom::ui

#pragma once

#include "ui/video/film_writer.h"

#include <QStringList>

namespace circuitloom::ui {

/// Whether the file's name (not its folder's) holds one %d or %0Nd.
bool is_numbered(const QString& file);

/// Writes every frame as a PNG of its own, numbered from 0. The folder is made where there is none.
class NumberedFrames : public FilmWriter
{
public:
    explicit NumberedFrames(const QString& file);
    ~NumberedFrames() override;

    void add(const QImage& frame) override;
    void finish() override;

private:
    QString name_of(qsizetype number) const;

    QString before_; ///< the number
    QString after_;
    int digits_ = 0;
    QString made_folder_; ///< empty where it was there
    QStringList written_;
};

} // namespace circuitloom::ui

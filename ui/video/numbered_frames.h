#pragma once

#include "ui/video/film_writer.h"

#include <QStringList>
#include <QTemporaryDir>

#include <memory>

namespace circuitloom::ui {

/// Whether the file's name (not its folder's) holds one %d or %0Nd.
bool is_numbered(const QString& file);

/// The files that are there already under a name that `file`, a numbered one, gives to a frame, by
/// their numbers.
QStringList frames_there(const QString& file);

/// Writes every frame as a PNG of its own, numbered from 0. The folder is made where there is none.
/// The frames lie in a folder of their own until finish() gives them their names: only then are
/// those of an older film of the same name replaced, and those that follow its last one removed.
class NumberedFrames : public FilmWriter
{
public:
    explicit NumberedFrames(const QString& file);
    ~NumberedFrames() override;

    void add(const QImage& frame) override;
    void finish() override;

private:
    QString folder_;
    QString made_folder_; ///< empty where it was there
    QString name_; ///< with the place of the number
    std::unique_ptr<QTemporaryDir> part_; ///< where the frames lie until finish()
    int count_ = 0;
};

} // namespace circuitloom::ui

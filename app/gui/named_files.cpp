#include "app/gui/named_files.h"

#include "core/remote/remote_address.h"
#include "ui/base/file_path.h"
#include "ui/window/main_window.h"

#include <QFileInfo>
#include <QList>
#include <QUrl>

#include <algorithm>
#include <filesystem>
#include <system_error>

namespace circuitloom {

namespace {

bool is_remote(const QString& name)
{
    return is_remote_address(name.toStdString());
}

bool is_missing(const QString& name)
{
    std::error_code failure;
    return !is_remote(name) && !std::filesystem::exists(ui::path_of(name), failure);
}

} // namespace

void open_named(ui::MainWindow& window, const QStringList& names)
{
    const auto missing = std::find_if(names.begin(), names.end(), is_missing);
    if (missing != names.end()) {
        window.open_file(*missing); // which says so
        return;
    }
    if (names.size() == 1 && is_remote(names.front())) {
        window.open_file(names.front());
        return;
    }
    QList<QUrl> files;
    for (const QString& name : names)
        files << (is_remote(name) ? QUrl(name)
                                  : QUrl::fromLocalFile(QFileInfo(name).absoluteFilePath()));
    if (!files.isEmpty())
        window.take_files(files);
}

} // namespace circuitloom

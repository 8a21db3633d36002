#include "app/gui/named_files.h"

#include "core/remote/remote_address.h"
#include "ui/base/file_path.h"
#include "ui/window/main_window.h"

#include <QCoreApplication>
#include <QDragEnterEvent>
#include <QDropEvent>
#include <QFileInfo>
#include <QMimeData>
#include <QUrl>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <system_error>

namespace circuitloom {

namespace {

bool is_remote(const QString& name)
{
    return is_remote_address(name.toStdString());
}

/// By its name or, as Open takes any name, by what it begins with.
bool is_experiment(const QString& name)
{
    constexpr std::string_view mark = "SQLite format 3";
    if (name.endsWith(QStringLiteral(".loom"), Qt::CaseInsensitive))
        return true;
    std::error_code failure;
    if (!std::filesystem::is_regular_file(ui::path_of(name), failure))
        return false;
    std::string beginning(mark.size(), '\0');
    std::ifstream file(ui::path_of(name), std::ios::binary);
    file.read(beginning.data(), static_cast<std::streamsize>(beginning.size()));
    return beginning == mark;
}

bool is_missing(const QString& name)
{
    std::error_code failure;
    return !is_remote(name) && !std::filesystem::exists(ui::path_of(name), failure);
}

void drop(ui::MainWindow& window, const QStringList& names)
{
    QList<QUrl> urls;
    for (const QString& name : names)
        urls << (is_remote(name) ? QUrl(name)
                                 : QUrl::fromLocalFile(QFileInfo(name).absoluteFilePath()));
    QMimeData files;
    files.setUrls(urls);
    const QPoint middle = window.rect().center();
    // Qt delivers a drop to what the drag entered.
    QDragEnterEvent enter(middle, Qt::CopyAction, &files, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(&window, &enter);
    QDropEvent dropped(middle, Qt::CopyAction, &files, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(&window, &dropped);
}

} // namespace

void open_named(ui::MainWindow& window, const QStringList& names)
{
    const auto missing = std::find_if(names.begin(), names.end(), is_missing);
    if (missing != names.end())
        window.open_file(*missing);
    else if (names.size() == 1 && (is_remote(names.front()) || is_experiment(names.front())))
        window.open_file(names.front());
    else if (!names.isEmpty())
        drop(window, names);
}

} // namespace circuitloom

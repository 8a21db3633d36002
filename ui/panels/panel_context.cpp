#include "ui/panels/panel_context.h"

namespace circuitloom::ui {

namespace {

std::filesystem::path path_of(const QString& file)
{
    return file.toStdU16String();
}

} // namespace

RunMoment ShownPlace::moment() const
{
    return { path_of(file), run, RunMoment::Kind::iteration, iteration };
}

RunMoment ShownPlace::start() const
{
    return { path_of(file), run, RunMoment::Kind::start, 0 };
}

} // namespace circuitloom::ui

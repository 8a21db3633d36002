#include "ui/base/whole_file.h"

#include "core/formats/result_file.h"
#include "ui/base/file_path.h"

namespace circuitloom::ui {

void write_whole_file(const QString& file, const QByteArray& bytes)
{
    // Whether what is there may be replaced was asked before.
    const ResultFile out(path_of(file), { .content = FileContent::other, .force = true });
    out.write({ bytes.constData(), static_cast<std::size_t>(bytes.size()) });
}

} // namespace circuitloom::ui

#include "ui/dialogs/model_choices.h"

#include "core/architecture/huggingface.h"
#include "core/architecture/model_files.h"
#include "ui/base/size_text.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>

#include <exception>

namespace circuitloom::ui {

namespace {

namespace fs = std::filesystem;

class Words
{
    Q_DECLARE_TR_FUNCTIONS(ModelChoices)
};

QString family_and_size(const ModelConfig& config, std::uint64_t bytes)
{
    const std::string_view family = family_name(config.family);
    const QString name = QString::fromUtf8(family.data(), static_cast<qsizetype>(family.size()));
    if (bytes == 0)
        return name;
    return name + QStringLiteral(" · ")
        + size_text(static_cast<std::int64_t>(bytes));
}

/// The size of the files of weights; 0 where `model` is neither a file nor a directory.
std::uint64_t weight_bytes(const fs::path& model)
{
    if (fs::is_regular_file(model))
        return fs::file_size(model);
    std::uint64_t bytes = 0;
    if (fs::is_directory(model)) {
        for (const fs::path& file : weight_files(model))
            bytes += fs::file_size(file);
    }
    return bytes;
}

} // namespace

ModelChoice demo_model_choice()
{
    ModelChoice choice{ "demo", Words::tr("demo (built in)"), {}, {}, {} };
    try {
        // Built in: nothing is read from a disk.
        choice.config = parse_model_config(open_model_description("demo").config_json, "demo");
    } catch (const std::exception& reason) {
        choice.unusable = QString::fromUtf8(reason.what());
    }
    return choice;
}

std::vector<ModelChoice> cached_model_choices(const fs::path& cache)
{
    std::vector<ModelChoice> choices;
    for (const HubModel& model : hub_models(cache)) {
        ModelChoice& choice = choices.emplace_back();
        choice.model = model.id;
        choice.title = QString::fromStdString(model.id);
        choice.unusable = QString::fromStdString(model.unusable);
        choice.config = model.config;
        if (model.config && model.unusable.empty())
            choice.detail = family_and_size(*model.config, model.bytes);
    }
    return choices;
}

std::string local_model(const QString& path)
{
    return QDir::cleanPath(QFileInfo(path).absoluteFilePath()).toStdString();
}

ModelChoice read_model_choice(const std::string& model)
{
    const QString name = QString::fromStdString(model);
    const bool local = QFileInfo(name).isAbsolute();
    ModelChoice choice{ model, local ? QFileInfo(name).fileName() : name, {}, {}, {} };
    try {
        const ModelFiles files = open_model_description(model);
        choice.config = parse_model_config(files.config_json, files.config_origin);
        choice.detail = family_and_size(*choice.config, weight_bytes(model));
    } catch (const std::exception& reason) {
        choice.unusable = QString::fromUtf8(reason.what());
    }
    return choice;
}

} // namespace circuitloom::ui

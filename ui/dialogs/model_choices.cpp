#include "ui/dialogs/model_choices.h"

#include "core/formats/huggingface.h"
#include "core/formats/model_files.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QLocale>

#include <exception>

namespace circuitloom::ui {

namespace {

namespace fs = std::filesystem;

QString tr(const char* text)
{
    return QCoreApplication::translate("ModelChoices", text);
}

QString family_and_size(const ModelConfig& config, std::uint64_t bytes)
{
    const std::string_view family = family_name(config.family);
    return QString::fromUtf8(family.data(), static_cast<qsizetype>(family.size()))
        + QStringLiteral(" · ")
        + QLocale().formattedDataSize(static_cast<qint64>(bytes), 1, QLocale::DataSizeSIFormat);
}

std::uint64_t weight_bytes(const fs::path& model)
{
    if (!fs::is_directory(model))
        return fs::file_size(model);
    std::uint64_t bytes = 0;
    for (const fs::path& file : weight_files(model))
        bytes += fs::file_size(file);
    return bytes;
}

} // namespace

ModelChoice demo_model_choice()
{
    return { "demo", tr("demo (built in)"), {}, {} };
}

std::vector<ModelChoice> cached_model_choices(const fs::path& cache)
{
    std::vector<ModelChoice> choices;
    for (const HubModel& model : hub_models(cache)) {
        ModelChoice& choice = choices.emplace_back();
        choice.model = model.id;
        choice.title = QString::fromStdString(model.id);
        choice.unusable = QString::fromStdString(model.unusable);
        if (model.config && model.unusable.empty())
            choice.detail = family_and_size(*model.config, model.bytes);
    }
    return choices;
}

ModelChoice local_model_choice(const QString& path)
{
    const QString absolute = QDir::cleanPath(QFileInfo(path).absoluteFilePath());
    return { absolute.toStdString(), QFileInfo(absolute).fileName(), {}, {} };
}

ModelChoice read_local_model(const QString& path)
{
    ModelChoice choice = local_model_choice(path);
    try {
        const ModelFiles files = open_model_description(choice.model);
        choice.detail = family_and_size(
            parse_model_config(files.config_json, files.origin), weight_bytes(choice.model));
    } catch (const std::exception& reason) {
        choice.unusable = QString::fromUtf8(reason.what());
    }
    return choice;
}

} // namespace circuitloom::ui

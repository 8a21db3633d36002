#include "ui/dialogs/form_sentence.h"

#include "core/run/run_options.h"
#include "ui/base/core_text.h"

#include <QCoreApplication>
#include <QRegularExpression>

#include <algorithm>
#include <cctype>
#include <vector>

namespace circuitloom::ui {

namespace {

/// The settings whose title cannot be made of their name.
struct Title
{
    std::string_view setting;
    const char* title;
};
constexpr Title titles[] = {
    { "circuit.top_n", QT_TRANSLATE_NOOP("SettingField", "Edges (N)") },
    { "circuit.top_n_schedule", QT_TRANSLATE_NOOP("SettingField", "Schedule of N") },
    { "circuit.top_n_start", QT_TRANSLATE_NOOP("SettingField", "First N") },
    { "circuit.top_n_iterations", QT_TRANSLATE_NOOP("SettingField", "Iterations to N") },
    { "graph.kind", QT_TRANSLATE_NOOP("SettingField", "Graph") },
    { "graph.mlp_group_size", QT_TRANSLATE_NOOP("SettingField", "Neuron groups") },
    { "name", QT_TRANSLATE_NOOP("SettingField", "Name of the run") },
    { "optimizer.kind", QT_TRANSLATE_NOOP("SettingField", "Optimizer") },
    { "circuit.rule", QT_TRANSLATE_NOOP("SettingField", "Selection rule") },
    { "task.train", QT_TRANSLATE_NOOP("SettingField", "Task") },
    { "task.held_out", QT_TRANSLATE_NOOP("SettingField", "Held-out task") },
    { "task.reference", QT_TRANSLATE_NOOP("SettingField", "Reference task") },
    { "dtype", QT_TRANSLATE_NOOP("SettingField", "Precision") },
};

QString text_of(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

QString quoted(const QString& title)
{
    return u'“' + title + u'”';
}

/// `"name"` as the form's box shows it.
QString choice_title(const Choice& choice, const QString& name)
{
    for (std::size_t i = 0; i < choice.words.size(); ++i)
        if (text_of(choice.names[i]) == name)
            return core_text(choice.words[i].title);
    return name;
}

/// Names without a section are words of other sentences too; they are settings only where a
/// sentence begins with them.
void put_titles(QString& text, const RunOption& option)
{
    const QString name = QString::fromStdString(option.name());
    const QString word = QRegularExpression::escape(name);
    const QString title = quoted(setting_title(option.name()));
    if (const auto* choice = std::get_if<Choice>(&option.value)) {
        const QRegularExpression chosen(QStringLiteral("\\b%1 = \"([^\"]*)\"").arg(word));
        for (auto match = chosen.match(text); match.hasMatch(); match = chosen.match(text))
            text.replace(match.capturedStart(), match.capturedLength(),
                title + QStringLiteral(" = ") + quoted(choice_title(*choice, match.captured(1))));
    }
    const bool in_a_section = !option.section.empty();
    text.replace(QRegularExpression((in_a_section ? QStringLiteral("\\b") : QStringLiteral("^"))
                     + word + QStringLiteral("(?![\\w.])(?! = “)")),
        title);
    // A second setting of a section is often named by its key alone.
    const QString key = text_of(option.key);
    if (key.contains(u'_'))
        text.replace(
            QRegularExpression(
                QStringLiteral("(?<![\\w.])%1(?![\\w.])").arg(QRegularExpression::escape(key))),
            title);
}

} // namespace

QString setting_title(std::string_view setting)
{
    for (const Title& one : titles) {
        if (one.setting == setting)
            return QCoreApplication::translate("SettingField", one.title);
    }
    const std::size_t dot = setting.rfind('.');
    std::string title(dot == std::string_view::npos ? setting : setting.substr(dot + 1));
    std::ranges::replace(title, '_', ' ');
    title[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(title[0])));
    return core_text(title);
}

QString form_sentence(const std::string& sentence)
{
    QString text = QString::fromStdString(sentence);
    // What is empty needs no value said.
    text.replace(QRegularExpression(QStringLiteral("^(\\S+) is(?: empty| \"\"| “”)? ?; it must")),
        QStringLiteral("\\1 must"));
    RunConfig any;
    std::vector<RunOption> options = options_of(any);
    std::ranges::stable_sort(
        options, std::greater{}, [](const RunOption& option) { return option.name().size(); });
    for (const RunOption& option : options)
        put_titles(text, option);
    return text;
}

} // namespace circuitloom::ui

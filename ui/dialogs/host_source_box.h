#pragma once

#include <QString>
#include <QWidget>

#include <string>
#include <vector>

class QComboBox;
class QLabel;
class QStandardItemModel;

namespace circuitloom::ui {

/// A model or a task of a host, by its name there: chosen from a list, or typed, as a path there
/// is.
class HostSourceBox : public QWidget
{
    Q_OBJECT

public:
    struct Choice
    {
        std::string source; ///< as RunConfig names it
        QString detail; ///< below the box while it is chosen
        QString unusable; ///< why it cannot be chosen; empty where it can
    };

    /// `placeholder` stands in the box while it is empty.
    HostSourceBox(const char* name, const QString& title, const QString& placeholder,
        QWidget* parent = nullptr);

    void set_choices(std::vector<Choice> choices);
    void choose(const std::string& source);
    /// In the place of the detail; empty for none.
    void show_problem(const QString& problem);

Q_SIGNALS:
    void source_chosen(const std::string& source);

private:
    void show_sentence();

    std::vector<Choice> choices_;
    std::string chosen_;
    QString wrong_;
    QComboBox* box_;
    QStandardItemModel* rows_;
    QLabel* sentence_;
    QLabel* problem_;
};

} // namespace circuitloom::ui

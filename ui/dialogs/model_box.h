#pragma once

#include "ui/dialogs/model_choices.h"

#include <QWidget>

#include <set>
#include <vector>

class QComboBox;
class QLabel;
class QStandardItemModel;

namespace circuitloom::ui {

/// Lets the user choose a model: the demo, one of the local Hugging Face cache, which is read in
/// the background, a directory, or a GGUF file. Those chosen lately are offered again.
class ModelBox : public QWidget
{
    Q_OBJECT

public:
    explicit ModelBox(QWidget* parent = nullptr);

    /// Chooses the model that RunConfig names so; one that is not in the list is added and read in
    /// the background.
    void choose(const std::string& model);
    const ModelChoice& chosen() const;
    QComboBox* box() const { return box_; }

Q_SIGNALS:
    void model_chosen(const std::string& model);
    /// More is known of the chosen model than before.
    void model_read();

private:
    void scan_cache();
    void show_cached(const std::vector<ModelChoice>& found, const QString& cache);
    void read(const std::string& model);
    void show_model(int row);
    void add(const std::string& model);
    void take(const QString& path);
    int row_of(const std::string& model) const;
    void ask_directory();
    void ask_file();

    std::vector<ModelChoice> models_; ///< one for each row of the box
    std::set<std::string> being_read_;
    QComboBox* box_;
    QStandardItemModel* rows_;
    QLabel* sentence_;
};

} // namespace circuitloom::ui

#pragma once

#include "ui/dialogs/model_choices.h"

#include <QWidget>

#include <set>
#include <vector>

class QComboBox;
class QLabel;
class QStandardItemModel;

namespace circuitloom::ui {

/// Which model: the demo, those of the local Hugging Face cache, which appear when they were read
/// in the background, a directory, or a GGUF file.
class ModelBox : public QWidget
{
    Q_OBJECT

public:
    explicit ModelBox(QWidget* parent = nullptr);

    /// As RunConfig names it; one that is not in the list is added and read in the background.
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
    int row_of(const std::string& model) const;
    void ask_directory();
    void ask_file();

    std::vector<ModelChoice> models_; ///< row by row
    std::set<std::string> being_read_;
    QComboBox* box_;
    QStandardItemModel* rows_;
    QLabel* sentence_;
};

} // namespace circuitloom::ui

#include "ui/dialogs/model_box.h"

#include "core/architecture/huggingface.h"
#include "ui/base/background.h"
#include "ui/dialogs/choice_line.h"
#include "ui/dialogs/recent_choices.h"

#include <QComboBox>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QLabel>
#include <QPushButton>
#include <QStandardItemModel>

#include <algorithm>

namespace circuitloom::ui {

ModelBox::ModelBox(QWidget* parent)
    : QWidget(parent)
    , models_{ demo_model_choice() }
    , box_(choice_box("model", this))
    , rows_(new QStandardItemModel(this))
    , sentence_(dim_label(this))
{
    rows_->appendRow(new QStandardItem);
    show_model(0);
    for (const QString& path : recent_choices(RecentKind::model))
        add(local_model(path));
    box_->setModel(rows_);
    QPushButton* directory = choice_button(
        tr("&Directory…"), tr("Choose the directory of a model in the Hugging Face layout"), this);
    QPushButton* gguf = choice_button(tr("&GGUF file…"), tr("Choose a GGUF file"), this);
    connect(directory, &QPushButton::clicked, this, &ModelBox::ask_directory);
    connect(gguf, &QPushButton::clicked, this, &ModelBox::ask_file);
    connect(box_, &QComboBox::activated, this, [this] { Q_EMIT model_chosen(chosen().model); });
    lay_out_choice(*this, box_, { directory, gguf }, sentence_);
    scan_cache();
}

const ModelChoice& ModelBox::chosen() const
{
    return models_[static_cast<std::size_t>(box_->currentIndex())];
}

int ModelBox::row_of(const std::string& model) const
{
    const auto found = std::find_if(
        models_.begin(), models_.end(), [&](const ModelChoice& one) { return one.model == model; });
    return found == models_.end() ? -1 : static_cast<int>(found - models_.begin());
}

void ModelBox::add(const std::string& model)
{
    const QString name = QString::fromStdString(model);
    models_.push_back(
        { model, QFileInfo(name).isAbsolute() ? QFileInfo(name).fileName() : name, {}, {}, {} });
    rows_->appendRow(new QStandardItem);
    show_model(row_of(model));
}

void ModelBox::choose(const std::string& model)
{
    if (row_of(model) < 0)
        add(model);
    const ModelChoice& choice = models_[static_cast<std::size_t>(row_of(model))];
    if (!choice.config && choice.unusable.isEmpty())
        read(model);
    box_->setCurrentIndex(row_of(model));
}

void ModelBox::read(const std::string& model)
{
    if (!being_read_.insert(model).second)
        return;
    in_background(
        this, [model] { return read_model_choice(model); },
        [this](const ModelChoice& read) {
            being_read_.erase(read.model);
            const int row = row_of(read.model);
            if (row < 0)
                return;
            models_[static_cast<std::size_t>(row)] = read;
            show_model(row);
            if (row == box_->currentIndex())
                Q_EMIT model_read();
        },
        [this, model](const QString& sentence) {
            being_read_.erase(model);
            sentence_->setText(sentence);
        });
}

void ModelBox::scan_cache()
{
    const std::filesystem::path cache = hub_cache();
    const QString where = QString::fromStdString(cache.string());
    if (cache.empty())
        return;
    sentence_->setText(tr("Looking through the Hugging Face cache %1 …").arg(where));
    in_background(
        this, [cache] { return cached_model_choices(cache); },
        [this, where](const std::vector<ModelChoice>& found) { show_cached(found, where); },
        [this](const QString& sentence) { sentence_->setText(sentence); });
}

void ModelBox::show_cached(const std::vector<ModelChoice>& found, const QString& cache)
{
    int next = 1; // after the demo, before what the user chose meanwhile
    for (const ModelChoice& choice : found) {
        int row = row_of(choice.model);
        if (row < 0) {
            row = next++;
            models_.insert(models_.begin() + row, choice);
            rows_->insertRow(row, new QStandardItem);
        }
        models_[static_cast<std::size_t>(row)] = choice;
        show_model(row);
    }
    if (found.empty())
        sentence_->setText(tr("The Hugging Face cache %1 holds no models.").arg(cache));
    else
        sentence_->setText(tr("The demo, and what is in the Hugging Face cache %1.").arg(cache));
    Q_EMIT model_read();
}

void ModelBox::show_model(int row)
{
    const ModelChoice& choice = models_[static_cast<std::size_t>(row)];
    QStandardItem* item = rows_->item(row);
    const QString detail = choice.unusable.isEmpty() ? choice.detail : tr("cannot be used");
    item->setText(detail.isEmpty() ? choice.title : choice.title + QStringLiteral(" · ") + detail);
    const QString tip
        = choice.unusable.isEmpty() ? QString::fromStdString(choice.model) : choice.unusable;
    item->setToolTip(QStringLiteral("<p>") + tip.toHtmlEscaped() + QStringLiteral("</p>")); // wraps
    item->setAccessibleDescription(choice.unusable);
    item->setEnabled(choice.unusable.isEmpty());
}

void ModelBox::ask_directory()
{
    const QString directory = QFileDialog::getExistingDirectory(this,
        tr("Directory of a model: config.json and model.safetensors"),
        recent_folder(RecentKind::model));
    take(directory);
}

void ModelBox::ask_file()
{
    take(QFileDialog::getOpenFileName(
        this, tr("GGUF model"), recent_folder(RecentKind::model),
        // Ollama keeps them without an ending.
        tr("GGUF models (*.gguf *.GGUF);;All files (*)")));
}

void ModelBox::take(const QString& path)
{
    if (path.isEmpty())
        return;
    remember_choice(RecentKind::model, path);
    Q_EMIT model_chosen(local_model(path));
}

} // namespace circuitloom::ui

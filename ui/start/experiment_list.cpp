#include "ui/start/experiment_list.h"

#include <QDir>
#include <QFileInfo>

#include <algorithm>
#include <utility>

namespace circuitloom::ui {

namespace {

constexpr qsizetype most_unsaved = 30;

struct Names
{
    std::vector<ExperimentCard> cards;
    int unlisted = 0;
};

/// What lies in the folder, and what of `recent` is there, each file once.
Names names_of(const QString& folder, const QStringList& recent)
{
    Names names;
    std::vector<ExperimentCard>& cards = names.cards;
    const QFileInfoList unsaved = QDir(folder).entryInfoList(
        { QStringLiteral("*.loom") }, QDir::Files | QDir::Readable, QDir::Time);
    const auto add = [&](const QFileInfo& file, bool is_unsaved) {
        const QString path = file.absoluteFilePath();
        const auto is_this = [&](const ExperimentCard& other) { return other.file == path; };
        if (std::ranges::any_of(cards, is_this))
            return;
        ExperimentCard card;
        card.file = path;
        card.unsaved = is_unsaved;
        card.changed = file.lastModified();
        cards.push_back(std::move(card));
    };
    for (const QFileInfo& file : unsaved.mid(0, most_unsaved))
        add(file, true);
    for (const QString& name : recent)
        if (const QFileInfo file(name); file.exists())
            add(file, false);
    names.unlisted = static_cast<int>(std::max<qsizetype>(0, unsaved.size() - most_unsaved));
    return names;
}

} // namespace

ExperimentList::ExperimentList(QObject* parent)
    : QObject(parent)
{
}

void ExperimentList::read(
    const QString& folder, const QStringList& recent, const CardPicture& picture)
{
    const int generation = ++generation_;
    unread_ = 1;
    thread_.run(
        this, [folder, recent] { return names_of(folder, recent); },
        [this, generation, picture](const Names& names) {
            if (generation != generation_)
                return;
            unlisted_ = names.unlisted;
            take_names(names.cards, picture);
        },
        [this, generation](const QString&) {
            if (generation != generation_)
                return;
            unread_ = 0; // what is known stays
            Q_EMIT changed();
        });
}

void ExperimentList::take_names(
    const std::vector<ExperimentCard>& cards, const CardPicture& picture)
{
    // What is known stays until it has been read again: nothing flickers.
    std::vector<ExperimentCard> known = std::exchange(cards_, cards);
    for (ExperimentCard& card : cards_)
        for (ExperimentCard& old : known)
            if (old.file == card.file && old.unsaved == card.unsaved)
                card = std::move(old);
    unread_ = static_cast<int>(cards_.size());
    const auto take = [this, generation = generation_](std::size_t i, const ExperimentCard& card) {
        if (generation != generation_)
            return;
        cards_[i] = card;
        --unread_;
        Q_EMIT changed();
    };
    for (std::size_t i = 0; i < cards_.size(); ++i)
        thread_.run(
            this,
            [file = cards_[i].file, unsaved = cards_[i].unsaved, picture] {
                return read_card(file, unsaved, picture);
            },
            [take, i](const ExperimentCard& card) { take(i, card); },
            [take, i, failed = cards_[i]](const QString& sentence) {
                ExperimentCard card = failed;
                card.read = true;
                card.trouble = sentence;
                take(i, card);
            });
    Q_EMIT changed();
}

} // namespace circuitloom::ui

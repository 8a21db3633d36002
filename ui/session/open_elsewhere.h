#pragma once

#include <QObject>
#include <QString>
#include <QTimer>

#include <memory>

class QLockFile;

namespace circuitloom::ui {

/// Knows whether another window of the program has the same experiment open: the first holds a lock
/// in the user's cache folder, which ends with its process, however that ends. Where no lock can be
/// made, nothing is known and nothing is said. Nothing of the experiment itself is touched.
class OpenElsewhere : public QObject
{
    Q_OBJECT

public:
    explicit OpenElsewhere(QObject* parent = nullptr);
    ~OpenElsewhere() override;

    /// From now on about this file; about none where the name is empty.
    void watch(const QString& file);
    /// Whether another window had it open first, and has it still.
    bool is_open() const { return open_; }

Q_SIGNALS:
    /// is_open() is another one, without a call of watch(): the other window has left the file.
    void changed();

private:
    void look();

    QString file_;
    std::unique_ptr<QLockFile> lock_;
    QTimer again_;
    bool open_ = false;
};

} // namespace circuitloom::ui

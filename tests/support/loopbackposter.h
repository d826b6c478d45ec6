#pragma once

#include "support/rawclient.h"

#include <QUrl>

#include <memory>
#include <vector>

namespace icebreaker::test {

/// Posts JSON to loopback URLs and keeps the connections open until it goes away.
class LoopbackPoster
{
public:
    void post(const QUrl &url, const QByteArray &body)
    {
        m_clients.push_back(std::make_unique<RawClient>(static_cast<quint16>(url.port())));
        m_clients.back()->post(url.path().toLatin1(), body, "Content-Type: application/json\r\n");
    }

private:
    std::vector<std::unique_ptr<RawClient>> m_clients;
};

} // namespace icebreaker::test

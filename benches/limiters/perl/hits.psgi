# CGI::Application::Plugin::RateLimit in front of one mode, its hits in SQLite.
#
#     starman hits.psgi     with LIMITER="LIMIT SECONDS" and FOLDER

use strict;
use warnings;
use DBI;

package Hello;

use base 'CGI::Application';
use CGI::Application::Plugin::RateLimit;

my ($limit, $seconds) = split / /, $ENV{LIMITER};
my $dbh;

sub database {
    return $dbh if $dbh;
    $dbh = DBI->connect("dbi:SQLite:dbname=$ENV{FOLDER}/hits", '', '', {RaiseError => 1, sqlite_busy_timeout => 20_000});
    $dbh->do('PRAGMA synchronous = OFF');
    $dbh->do('CREATE TABLE IF NOT EXISTS rate_limit_hits (user_id TEXT, action TEXT, timestamp INTEGER)');
    $dbh->do('CREATE INDEX IF NOT EXISTS recent ON rate_limit_hits (user_id, action, timestamp)');
    return $dbh;
}

sub setup {
    my $self = shift;
    $self->start_mode('hello');
    $self->run_modes(
        hello => sub { 'hello' },
        slow_down => sub { shift->header_add(-status => '429 Too Many Requests'); 'slow down' },
    );
    $self->header_props(-type => 'text/plain');
    my $limits = $self->rate_limit();
    $limits->dbh(database());
    $limits->identity_callback(sub { 'everybody' });
    $limits->violation_mode('slow_down');
    $limits->protected_modes(hello => {timeframe => "${seconds}s", max_hits => $limit});
}

package main;

Hello->psgi_app();

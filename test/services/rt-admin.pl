# What REST 2.0 cannot do on a test instance: passwords, tokens, rights, custom fields on queues, incoming mail, SQL.
# Reads a JSON list of [action, {arguments}] from standard input and writes a JSON list of results.
use strict;
use warnings;
use JSON::PP;
use DBI;

my $json  = JSON::PP->new->utf8->canonical;
my $steps = $json->decode( do { local $/; <STDIN> } );

# Plain SQL needs no RT and works while the server is stopped.
sub sql {
    my ($in) = @_;
    my $dbh = DBI->connect( "dbi:SQLite:dbname=$in->{file}", '', '', { RaiseError => 1, sqlite_unicode => 1 } );
    $dbh->do('PRAGMA busy_timeout = 10000');
    return $dbh->selectall_arrayref( $in->{sql}, { Slice => {} } ) if $in->{sql} =~ /^\s*(?:SELECT|WITH)\b/i;
    return $dbh->do( $in->{sql} ) + 0;
}

my $loaded = 0;

sub load_rt {
    return if $loaded++;
    require RT;
    RT->import;
    RT::LoadConfig();
    RT::Init();
}

sub checked {
    my ( $ok, $message ) = @_;
    die "$message\n" unless $ok;
    return $ok;
}

sub user_named {
    my $user = RT::User->new( RT->SystemUser );
    $user->Load( $_[0] );
    die "no user $_[0]\n" unless $user->id;
    return $user;
}

sub principal {
    my ($in) = @_;
    return user_named( $in->{user} )->PrincipalObj if $in->{user};
    my $group = RT::Group->new( RT->SystemUser );
    $in->{group} =~ /^(?:Everyone|Privileged|Unprivileged)$/
        ? $group->LoadSystemInternalGroup( $in->{group} )
        : $group->LoadUserDefinedGroup( $in->{group} );
    die "no group $in->{group}\n" unless $group->id;
    return $group->PrincipalObj;
}

sub queue_named {
    my $queue = RT::Queue->new( RT->SystemUser );
    $queue->Load( $_[0] );
    die "no queue $_[0]\n" unless $queue->id;
    return $queue;
}

my %actions = (
    user => sub {
        my ($in) = @_;
        my $user = RT::User->new( RT->SystemUser );
        return checked( $user->Create(%$in) );
    },
    group => sub {
        my ($in)  = @_;
        my $group = RT::Group->new( RT->SystemUser );
        my $id    = checked( $group->CreateUserDefinedGroup( Name => $in->{name} ) );
        checked( $group->AddMember( user_named($_)->PrincipalId ) ) for @{ $in->{members} };
        return $id;
    },
    grant => sub {
        my ($in) = @_;
        my $object = $in->{queue} ? queue_named( $in->{queue} ) : RT->System;
        checked( principal($in)->GrantRight( Right => $_, Object => $object ) ) for @{ $in->{rights} };
        return 1;
    },
    watcher => sub {
        my ($in) = @_;
        return checked(
            queue_named( $in->{queue} )->AddWatcher( Type => 'AdminCc', PrincipalId => principal($in)->id ) );
    },
    token => sub {
        my ($in) = @_;
        my $user  = user_named( $in->{user} );
        my $token = RT::AuthToken->new( RT->SystemUser );
        my ( $ok, $message, $text ) = $token->Create( Owner => $user->id, Description => 'test' );
        checked( $ok, $message );
        return $text;
    },
    field => sub {
        my ($in) = @_;
        my $field = RT::CustomField->new( RT->SystemUser );
        my $id = checked(
            $field->Create(
                Name       => $in->{name},
                Type       => $in->{type},
                LookupType => 'RT::Queue-RT::Ticket',
                MaxValues  => 1
            )
        );
        $field->AddValue( Name => $_ ) for @{ $in->{values} || [] };
        checked( $field->AddToObject( RT::Queue->new( RT->SystemUser ) ) );
        return $id;
    },
    mail => sub {
        my ($in) = @_;
        require RT::Interface::Email;
        my ( $ok, $message, $ticket ) = RT::Interface::Email::Gateway(
            { queue => $in->{queue}, action => $in->{action} || 'correspond', message => $in->{message} } );
        checked( $ok, $message );
        return $ticket->id;
    },
);

my @results;
for my $step (@$steps) {
    my ( $name, $in ) = @$step;
    if ( $name eq 'sql' ) { push @results, sql($in); next; }
    load_rt();
    push @results, $actions{$name}->($in);
}
print $json->encode( \@results );
